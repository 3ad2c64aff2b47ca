/**
 * The operator's start, played once while its image is built: the JVM writes down what it loaded
 * and how (JEP 483, JEP 514), and every later start is spared that work. May depend on the API
 * records and on crypto; nothing but the main class may depend on it.
 */
@NullMarked
package dev.qudag.operator.rehearse;

import org.jspecify.annotations.NullMarked;
