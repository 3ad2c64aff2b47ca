/**
 * What a source file defines and uses, as a parser outside this process reads it. Pure: the parser
 * is behind {@link dev.qudag.merge.symbol.SymbolReader}. Depends on the root package.
 */
@NullMarked
package dev.qudag.merge.symbol;

import org.jspecify.annotations.NullMarked;
