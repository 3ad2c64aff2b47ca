package dev.qudag.operator.proposal;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Build;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.state.CheckResults;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.ProposalReason;
import dev.qudag.proto.CheckVerdict;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import java.nio.charset.StandardCharsets;

/** Does what a transition asks for. Everything here may be repeated. */
final class ProposalEffects {
  /** Makes the decision of exactly what was built and checked. */
  void decide(Hub hub, ProposalObservation seen) {
    Progress progress = seen.progress();
    Build build = progress.build();
    if (build == null) {
      throw new IllegalStateException("proposal %s was never built".formatted(seen.name()));
    }
    var request =
        DecideRequest.newBuilder()
            .setProposal(seen.name())
            .setBase(build.base())
            .setCommit(build.commit());
    for (SwarmSpec.Check demanded : seen.policyChecks()) {
      CheckResults.find(progress.checks(), demanded, build.tree())
          .filter(result -> result.result() != Result.Skipped)
          .ifPresent(result -> request.addChecks(verdict(demanded, result)));
    }
    Digest unused = hub.decide(request.build());
  }

  /** The log that the decision names is the one that the status shows. */
  private static CheckVerdict verdict(SwarmSpec.Check demanded, Check result) {
    String log = result.log() == null ? "" : result.log();
    return CheckVerdict.newBuilder()
        .setName(demanded.name())
        .setSpecDigest(ByteString.copyFrom(ChainPolicy.of(demanded).digest().bytes()))
        .setImage(result.image())
        .setTree(result.tree())
        .setPassed(true)
        .setLogDigest(
            ByteString.copyFrom(Digest.sha256(log.getBytes(StandardCharsets.UTF_8)).bytes()))
        .build();
  }

  void close(Hub hub, ProposalObservation seen, ProposalReason reason, String message) {
    byte[] feedback = ProposalFeedback.of(seen.name(), seen.progress(), reason, message);
    var unused =
        hub.close(
            CloseRequest.newBuilder()
                .setProposal(seen.name())
                .setReason(reason.name())
                .setMessage(message)
                .setFeedback(ByteString.copyFrom(feedback))
                .setWorkspaceUid(seen.announced().map(said -> said.getWorkspaceUid()).orElse(""))
                .build());
  }

  ProposeCandidateResponse proposeCandidate(
      Hub hub, ProposalObservation seen, String workspaceUid) {
    var spec = seen.proposal().getSpec();
    return hub.proposeCandidate(
        ProposeCandidateRequest.newBuilder()
            .setProposal(seen.name())
            .setWorkspaceUid(workspaceUid)
            .setCommit(spec.source().revision())
            .setBranch("refs/heads/" + spec.targetBranch())
            .setTitle(spec.title() == null ? "" : spec.title())
            .build());
  }
}
