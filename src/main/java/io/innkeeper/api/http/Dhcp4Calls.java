package io.innkeeper.api.http;

import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.dhcp.Dhcp4Service;
import io.innkeeper.service.ServiceException;
import java.util.List;

/** What all calls about our own DHCP server have in common: the problems that end them. */
final class Dhcp4Calls {
    private static final String NONE =
            "dhcp4 is not configured: write a section dhcp4 with 'interfaces' and 'subnets' in the"
                    + " configuration; docs/dhcp4.md has a first one";

    /** Asks a service that may not run. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Dhcp4Service service) throws ServiceException;
    }

    private Dhcp4Calls() {}

    static Dhcp4Config config(Dhcp4Desk desk) {
        return desk.config().orElseThrow(() -> conflict(NONE));
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(409, "dhcp4", "The DHCP server cannot do that now", detail));
    }

    /** The answer of the server; ends the call where it is not configured, or does not answer. */
    static <T> T ask(Dhcp4Desk desk, Question<T> question) {
        config(desk);
        Dhcp4Service service = desk.service().orElseThrow(() -> conflict(NONE));
        if (!service.runs()) {
            throw conflict("dhcp4 is configured but does not run; /api/v1/services/dhcp4 says why");
        }
        try {
            return question.ask(service);
        } catch (ServiceException e) {
            throw new ProblemException(
                    Problem.of(503, "busy", "The DHCP server does not answer", String.valueOf(e.getMessage())));
        }
    }

    static ProblemException badRequest(List<ConfigProblem> problems) {
        return new ProblemException(Problem.badRequest(errors("", problems)));
    }

    /** @param prefix in front of each field */
    static List<Problem.FieldError> errors(String prefix, List<ConfigProblem> problems) {
        return problems.stream()
                .map(one -> new Problem.FieldError(prefix + one.path(), words(one)))
                .toList();
    }

    static String words(ConfigProblem problem) {
        return problem.suggestion() == null
                ? problem.message()
                : problem.message() + "; did you mean '" + problem.suggestion() + "'?";
    }
}
