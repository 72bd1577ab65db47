package io.innkeeper.api.grpc;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Why a call is not answered as it wished: a code, a sentence, and details for programs ({@code google.rpc}). */
final class Refusal {
    /** Whose reasons they are. */
    static final String DOMAIN = "innkeeper";

    private Refusal() {}

    /** Collects what is wrong with the fields of a request, so that all is told at once. */
    static final class Fields {
        private final List<BadRequest.FieldViolation> violations = new ArrayList<>();

        /** Notes what is wrong with a field. */
        void wrong(String field, String description) {
            violations.add(BadRequest.FieldViolation.newBuilder()
                    .setField(field)
                    .setDescription(description)
                    .build());
        }

        boolean isEmpty() {
            return violations.isEmpty();
        }

        /** @throws StatusRuntimeException if anything was wrong: INVALID_ARGUMENT with {@code google.rpc.BadRequest} */
        void check() {
            if (!violations.isEmpty()) {
                BadRequest.FieldViolation first = violations.getFirst();
                throw refusal(
                        Code.INVALID_ARGUMENT,
                        first.getField() + ": " + first.getDescription(),
                        Any.pack(BadRequest.newBuilder()
                                .addAllFieldViolations(violations)
                                .build()));
            }
        }
    }

    /** INVALID_ARGUMENT about one field. */
    static StatusRuntimeException field(String field, String description) {
        Fields fields = new Fields();
        fields.wrong(field, description);
        try {
            fields.check();
        } catch (StatusRuntimeException e) {
            return e;
        }
        throw new IllegalStateException("a wrong field was no refusal");
    }

    /** With a reason that programs know, in the domain {@value #DOMAIN}. */
    static StatusRuntimeException of(Code code, String reason, String message, Map<String, String> metadata) {
        return refusal(
                code,
                message,
                Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .putAllMetadata(metadata)
                        .build()));
    }

    private static StatusRuntimeException refusal(Code code, String message, Any detail) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(detail)
                .build());
    }
}
