package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import innkeeper.v1.ConfigurationServiceGrpc;
import innkeeper.v1.DatabaseServiceGrpc;
import innkeeper.v1.MonitorHello;
import innkeeper.v1.NamingPolicy;
import innkeeper.v1.SystemRecord;
import innkeeper.v1.WatcherServiceGrpc;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The gRPC contract stays what it was: what the lock file holds is there and unchanged, so that clients of yesterday work. What
 * is new is entered into the lock by {@code mvn -o -q surefire:test -Dtest=ContractTest -Dtest.args=-Dinnkeeper.write-docs=true}.
 * And it follows the rules of style that make it look like one.
 */
class ContractTest {
    private static final Path PROTO = RepositoryFiles.ROOT.resolve("src/main/proto");
    private static final Path FOLDER = PROTO.resolve("innkeeper/v1");
    private static final Path LOCK = RepositoryFiles.ROOT.resolve("src/main/proto/innkeeper-v1.lock");

    private static final Pattern PASCAL = Pattern.compile("([A-Z][a-z0-9]+)+");
    private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern SHOUTING = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    /** A line that declares something. */
    private static final Pattern DECLARATION = Pattern.compile(
            "\\s*((message|enum|service|rpc|oneof) \\w+.*|(optional |repeated )?[\\w.<>, ]+ \\w+ = \\d+;|[A-Z0-9_]+ = \\d+;)");

    private static List<FileDescriptor> files() {
        return List.of(
                SystemRecord.getDescriptor().getFile(),
                NamingPolicy.getDescriptor().getFile(),
                MonitorHello.getDescriptor().getFile(),
                file(WatcherServiceGrpc.getServiceDescriptor()),
                file(ConfigurationServiceGrpc.getServiceDescriptor()),
                file(DatabaseServiceGrpc.getServiceDescriptor()));
    }

    private static FileDescriptor file(io.grpc.ServiceDescriptor service) {
        Object schema = Objects.requireNonNull(service.getSchemaDescriptor());
        return ((ProtoFileDescriptorSupplier) schema).getFileDescriptor();
    }

    private static Set<String> contract() {
        Set<String> lines = new TreeSet<>();
        for (FileDescriptor file : files()) {
            file.getMessageTypes().forEach(message -> message(message, lines));
            file.getEnumTypes()
                    .forEach(each -> each.getValues()
                            .forEach(value -> lines.add("enum %s %d %s"
                                    .formatted(each.getFullName(), value.getNumber(), value.getName()))));
            file.getServices()
                    .forEach(service -> service.getMethods()
                            .forEach(method -> lines.add("rpc %s %s -> %s%s"
                                    .formatted(
                                            method.getFullName(),
                                            method.getInputType().getFullName(),
                                            method.isServerStreaming() ? "stream " : "",
                                            method.getOutputType().getFullName()))));
        }
        return lines;
    }

    private static void message(Descriptor message, Set<String> lines) {
        lines.add("message " + message.getFullName());
        message.getFields()
                .forEach(field -> lines.add("field %s %d %s %s"
                        .formatted(message.getFullName(), field.getNumber(), field.getName(), type(field))));
        message.getNestedTypes().forEach(nested -> message(nested, lines));
    }

    private static String type(FieldDescriptor field) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        String label = field.isRepeated()
                ? "repeated "
                : oneof != null ? "oneof " + oneof.getName() + " " : field.hasPresence() ? "optional " : "";
        return label
                + switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().getFullName();
                    case ENUM -> field.getEnumType().getFullName();
                    default -> field.getType().name().toLowerCase(Locale.ROOT);
                };
    }

    @Test
    void whatWasPromisedIsKept() throws IOException {
        Set<String> now = contract();
        List<String> promised = Files.exists(LOCK) ? Files.readAllLines(LOCK) : List.of();
        assertThat(now)
                .as(
                        "lines of src/main/proto/innkeeper-v1.lock: a number, a name or a type changed, or something vanished;"
                                + " clients of yesterday would break. Add something new beside it instead")
                .containsAll(promised);
        if (Boolean.getBoolean("innkeeper.write-docs")) {
            Files.write(LOCK, now);
        }
        assertThat(Files.readAllLines(LOCK))
                .as(
                        "src/main/proto/innkeeper-v1.lock lacks what is new; the comment of this test says how it is entered")
                .containsExactlyElementsOf(now);
    }

    @Test
    void allFilesOfTheFolderAreInTheContract() throws IOException {
        try (Stream<Path> listed = Files.list(FOLDER)) {
            assertThat(listed.map(path -> "innkeeper/v1/" + path.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(
                            files().stream().map(FileDescriptor::getName).toList());
        }
    }

    @Test
    void everythingIsNamedAlike() {
        List<String> complaints = new ArrayList<>();
        for (FileDescriptor file : files()) {
            file.getMessageTypes().forEach(message -> names(message, complaints));
            file.getEnumTypes().forEach(each -> values(each, complaints));
            file.getServices().forEach(service -> methods(service, complaints));
        }
        assertThat(complaints).isEmpty();
    }

    private static void complainUnless(boolean isRight, String complaint, List<String> complaints) {
        if (!isRight) {
            complaints.add(complaint);
        }
    }

    private static void names(Descriptor message, List<String> complaints) {
        String name = message.getName();
        complainUnless(PASCAL.matcher(name).matches(), name + ": messages are named LikeThis", complaints);
        message.getFields()
                .forEach(field -> complainUnless(
                        SNAKE.matcher(field.getName()).matches(),
                        name + "." + field.getName() + ": fields are named like_this",
                        complaints));
    }

    private static void values(EnumDescriptor each, List<String> complaints) {
        String prefix = each.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
        for (EnumValueDescriptor value : each.getValues()) {
            complainUnless(
                    SHOUTING.matcher(value.getName()).matches()
                            && value.getName().startsWith(prefix),
                    value.getName() + ": values begin with " + prefix,
                    complaints);
        }
        complainUnless(
                each.findValueByNumber(0).getName().equals(prefix + "UNSPECIFIED"),
                each.getName() + ": 0 is " + prefix + "UNSPECIFIED",
                complaints);
    }

    private static void methods(ServiceDescriptor service, List<String> complaints) {
        complainUnless(
                service.getName().endsWith("Service"), service.getName() + ": services end in Service", complaints);
        for (MethodDescriptor method : service.getMethods()) {
            complainUnless(
                    method.getInputType().getName().equals(method.getName() + "Request")
                            && method.getOutputType().getName().equals(method.getName() + "Response"),
                    method.getFullName() + ": takes a message …Request of its own and returns one …Response",
                    complaints);
        }
    }

    @Test
    void everythingHasAComment() throws IOException {
        List<String> bare = new ArrayList<>();
        for (FileDescriptor file : files()) {
            String before = "";
            for (String line : Files.readAllLines(PROTO.resolve(file.getName()))) {
                if (DECLARATION.matcher(line).matches() && !before.strip().startsWith("//")) {
                    bare.add(file.getName() + ": " + line.strip());
                }
                before = line;
            }
        }
        assertThat(bare).as("declarations without a comment in the line above").isEmpty();
    }
}
