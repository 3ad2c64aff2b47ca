package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.merge.git.process.GitException;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitHeader;
import dev.qudag.proto.SubmitResult;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One submission: the header is judged first, then the bundle goes to a file and no byte more than
 * was announced. gRPC asks for the next message when the one before has been dealt with, and never
 * calls two methods at once.
 */
final class SubmitCall implements StreamObserver<SubmitChunk> {
  private static final System.Logger LOG = System.getLogger(SubmitCall.class.getName());

  private final Submissions submissions;
  private final SignedGrant grant;
  private final Path incoming;
  private final StreamObserver<SubmitResult> call;
  private @Nullable Admitted admitted;
  private boolean answered;

  private static final class Admitted {
    final HubProposal.Submission submission;
    final SubmitHeader header;
    final Path file;
    final OutputStream out;
    long size;

    Admitted(HubProposal.Submission submission, SubmitHeader header, Path file) throws IOException {
      this.submission = submission;
      this.header = header;
      this.file = file;
      this.out = Files.newOutputStream(file);
    }
  }

  SubmitCall(
      Submissions submissions,
      SignedGrant grant,
      Path incoming,
      StreamObserver<SubmitResult> call) {
    this.submissions = submissions;
    this.grant = grant;
    this.incoming = incoming;
    this.call = call;
  }

  @Override
  public void onNext(SubmitChunk chunk) {
    if (answered) {
      return;
    }
    try {
      switch (chunk.getPartCase()) {
        case HEADER -> admit(chunk.getHeader());
        case DATA -> write(chunk);
        case PART_NOT_SET -> throw new RefusedException("BadRequest", "an empty message");
      }
    } catch (RefusedException e) {
      refuse(e);
    } catch (IOException e) {
      refuseOrFail(e);
    }
  }

  /** The agent hears why, where that is known; else gRPC tells it that the hub failed. */
  private void refuseOrFail(IOException fault) {
    refuse(
        submissions
            .refusalOf(fault)
            .orElseThrow(
                () -> new UncheckedIOException("cannot take a bundle into " + incoming, fault)));
  }

  private void admit(SubmitHeader header) throws IOException {
    if (admitted != null) {
      throw new RefusedException("BadRequest", "a second header");
    }
    HubProposal.Submission submission = submissions.admit(header, grant);
    admitted = new Admitted(submission, header, Files.createTempFile(incoming, "bundle-", ""));
  }

  private void write(SubmitChunk chunk) throws IOException {
    if (admitted == null) {
      throw new RefusedException("BadRequest", "data before the header");
    }
    admitted.size += chunk.getData().size();
    if (admitted.size > admitted.header.getSize()) {
      throw new RefusedException(
          "TooLarge", "more bytes than the " + admitted.header.getSize() + " that were announced");
    }
    chunk.getData().writeTo(admitted.out);
  }

  @Override
  public void onCompleted() {
    if (answered) {
      return;
    }
    try {
      answer(SubmitResult.newBuilder().setProposal(take()).build());
    } catch (RefusedException e) {
      refuse(e);
    } catch (IOException e) {
      refuseOrFail(e);
    } catch (UncheckedIOException | GitException e) {
      refuse(submissions.refusalOf(e).orElseThrow(() -> e));
    } finally {
      discard();
    }
  }

  private String take() throws IOException {
    if (admitted == null) {
      throw new RefusedException("BadRequest", "no header");
    }
    admitted.out.close();
    if (admitted.size != admitted.header.getSize()) {
      throw new RefusedException(
          "BadRequest",
          admitted.size + " bytes came, " + admitted.header.getSize() + " were announced");
    }
    return submissions.take(
        admitted.submission,
        admitted.header,
        admitted.size == 0 ? Optional.empty() : Optional.of(admitted.file));
  }

  @Override
  public void onError(Throwable gone) {
    discard();
  }

  private void refuse(RefusedException refusal) {
    answer(
        SubmitResult.newBuilder()
            .setRefusedReason(refusal.reason())
            .setRefusedMessage(refusal.getMessage())
            .build());
    discard();
  }

  private void answer(SubmitResult result) {
    answered = true;
    call.onNext(result);
    call.onCompleted();
  }

  private void discard() {
    if (admitted != null) {
      try {
        admitted.out.close();
        Files.deleteIfExists(admitted.file);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "a bundle is left in " + incoming, e);
      }
      admitted = null;
    }
  }
}
