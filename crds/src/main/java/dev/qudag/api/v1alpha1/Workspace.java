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
 * A working copy of the swarm's repository on a volume of its own, bound to one Agent at a time.
 */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("workspaces")
@Categories("qudag")
@ShortNames("qws")
@ValidationRule(
    value = "self.metadata.name.size() <= 48",
    message =
        "the name of a Workspace has at most 48 characters, its volume is named after it: choose a shorter name")
@AdditionalPrinterColumn(name = "Swarm", jsonPath = ".spec.swarmRef.name")
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.revision")
@AdditionalPrinterColumn(
    name = "Ahead",
    jsonPath = ".status.ahead",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ApiGroup.REASON)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class Workspace extends CustomResource<WorkspaceSpec, WorkspaceStatus>
    implements Namespaced {
  @Override
  protected WorkspaceSpec initSpec() {
    return null;
  }

  @Override
  protected WorkspaceStatus initStatus() {
    return null;
  }
}
