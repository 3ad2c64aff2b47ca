/**
 * The quality of what lands without a person, on merges by strangers. The cases are not in this
 * repository: each set is read from a clone of its own that whoever runs the bench names.
 */
@NullMarked
package dev.qudag.merge.quality;

import org.jspecify.annotations.NullMarked;
