/** The plain HTTP port of a node: health, readiness and Prometheus metrics. Must not know roles. */
@NullMarked
package dev.qudag.node.metrics;

import org.jspecify.annotations.NullMarked;
