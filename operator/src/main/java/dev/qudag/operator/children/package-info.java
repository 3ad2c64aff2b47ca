/**
 * How the operator makes objects: named, labelled, owned, and put in place by server-side apply.
 *
 * <p>Dependents of the framework are not used for this: their matchers of 5.3.2 update without end
 * on defaults that the API server writes (volumeClaimTemplates, quantities), and its
 * read-after-write cache can drop foreign changes. A plan is a list of desired objects, pure and
 * tested against golden files; {@link dev.qudag.operator.children.ChildApplier} makes it so.
 *
 * <p>May depend on the Kubernetes client. Must not know any kind.
 */
@NullMarked
package dev.qudag.operator.children;

import org.jspecify.annotations.NullMarked;
