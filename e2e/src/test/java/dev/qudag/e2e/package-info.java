/**
 * The product on a real cluster: what users see, what crashes do, what attackers try. May use the
 * API records and the cluster; must not use the operator's or the nodes' code.
 */
package dev.qudag.e2e;
