package io.innkeeper.api.http;

import java.util.List;

/**
 * What went wrong, as RFC 9457 (application/problem+json) has it.
 *
 * @param type a name for the kind of problem, a relative URI
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail what is wrong and what to do
 * @param errors field by field, where the request is to blame
 */
public record Problem(String type, String title, int status, String detail, List<FieldError> errors) {
    /**
     * What is wrong with one field.
     *
     * @param field its name: a query parameter, a header or a JSON field
     * @param message what is wrong with it
     */
    public record FieldError(String field, String message) {}

    /** Copies the errors. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /** The request is wrong in these fields. */
    public static Problem badRequest(List<FieldError> errors) {
        String detail = errors.isEmpty()
                ? "the request cannot be understood"
                : errors.getFirst().field() + ": " + errors.getFirst().message();
        return new Problem("/problems/bad-request", "Bad request", 400, detail, errors);
    }

    /** The request is wrong in this field. */
    public static Problem badRequest(String field, String message) {
        return badRequest(List.of(new FieldError(field, message)));
    }

    /** There is no such thing. */
    public static Problem notFound(String detail) {
        return new Problem("/problems/not-found", "Not found", 404, detail, List.of());
    }

    /** Another kind of problem, without fields. */
    public static Problem of(int status, String kind, String title, String detail) {
        return new Problem("/problems/" + kind, title, status, detail, List.of());
    }
}
