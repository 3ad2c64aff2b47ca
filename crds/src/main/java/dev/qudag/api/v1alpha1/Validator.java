package dev.qudag.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One validator of a swarm's set. Made by the operator, one per validator; an index is never used
 * again.
 */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("validators")
@Categories("qudag")
@ShortNames("qval")
@ValidationRule(
    value = "self.spec == oldSelf.spec",
    message =
        "spec of a Validator is immutable, the set decides who is in it: change validators.replicas of the Swarm")
@AdditionalPrinterColumn(name = "Swarm", jsonPath = ".spec.swarmRef.name")
@AdditionalPrinterColumn(
    name = "Height",
    jsonPath = ".status.height",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Peers", jsonPath = ".status.peers")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ApiGroup.REASON)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class Validator extends CustomResource<ValidatorSpec, ValidatorStatus>
    implements Namespaced {
  @Override
  protected ValidatorSpec initSpec() {
    return null;
  }

  @Override
  protected ValidatorStatus initStatus() {
    return null;
  }
}
