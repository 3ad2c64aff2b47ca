/**
 * The Kubernetes API of QuDAG, group {@code qudag.dev}, version {@code v1alpha1}: the single source
 * of the CRDs.
 *
 * <p>Every record is what users write or read; the schema's bounds, defaults and rules stand on its
 * components, and the committed YAML is generated from them. Constants of enumerations are spelled
 * as they are printed. Absent and empty lists and maps are the same. Absent objects and strings are
 * {@code null}: this package is not null-marked, its readers check.
 *
 * <p>May depend on the fabric8 model and its annotations; must not depend on a client, the operator
 * or the nodes.
 */
package dev.qudag.api.v1alpha1;
