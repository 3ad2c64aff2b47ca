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
 * One commit on its way to the branch: analysed, checked, voted on, landed, or ended with a reason.
 */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("mergeproposals")
@Categories("qudag")
@ShortNames("qmp")
@ValidationRule(
    value = "self.metadata.name.matches('^mp-[0-9a-f]{20}$')",
    message =
        "a MergeProposal is named mp- and 20 hex digits: take the name from status.candidate.proposalName of the Workspace, or from status.revertProposal of what is to be undone")
@AdditionalPrinterColumn(name = "Author", jsonPath = ".status.author")
@AdditionalPrinterColumn(name = "Category", jsonPath = ".status.category")
@AdditionalPrinterColumn(name = "Queue", jsonPath = ".status.queue.position")
@AdditionalPrinterColumn(name = "Checks", jsonPath = ".status.checksPassed")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ApiGroup.REASON)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class MergeProposal extends CustomResource<MergeProposalSpec, MergeProposalStatus>
    implements Namespaced {
  @Override
  protected MergeProposalSpec initSpec() {
    return null;
  }

  @Override
  protected MergeProposalStatus initStatus() {
    return null;
  }
}
