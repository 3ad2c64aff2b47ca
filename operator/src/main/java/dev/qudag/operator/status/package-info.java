/**
 * What every kind's status is made of: facts merged into conditions, reasons lifted from pods, one
 * way to write them.
 *
 * <p>May depend on the API records and the Kubernetes client. Must not know any kind, hub or
 * validator.
 */
@NullMarked
package dev.qudag.operator.status;

import org.jspecify.annotations.NullMarked;
