/**
 * JUnit extensions that hand tests a real cluster ({@link dev.qudag.e2e.cluster.Cluster}) or a real
 * API server ({@link dev.qudag.e2e.cluster.ApiServer}).
 *
 * <p>May depend on JUnit and the fabric8 client; must not depend on any other module of this
 * project, since all of them use it in their tests.
 */
@NullMarked
package dev.qudag.e2e.cluster;

import org.jspecify.annotations.NullMarked;
