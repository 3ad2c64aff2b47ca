/**
 * What every role of the node program shares: its environment, its log, its crash points, and the
 * {@link dev.qudag.node.main.NodeRuntime} that puts identity, server, enrolment and health
 * together. May depend on {@code identity}, {@code net}, {@code enrol} and {@code metrics}; must
 * not depend on a role.
 */
@NullMarked
package dev.qudag.node.main;

import org.jspecify.annotations.NullMarked;
