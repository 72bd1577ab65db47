package io.innkeeper.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Finds functions and counts their lines. */
final class Functions {
    /** A line that begins a function of JavaScript or of a shell; it ends where a brace stands below its first letter. */
    private static final Pattern BEGINS = Pattern.compile(
            "^(\\s*)(?!(?:if|for|while|switch|else|do|try|return)\\b)(?:export |default |async |static |get |set |function )*"
                    + "([#\\w]+)\\s*\\(.*\\)\\s*\\{$");

    /** A function: where, its name, how many lines from its opening brace to its closing one. */
    record Function(String file, String name, int lines) {}

    private Functions() {}

    /** The functions of a source. */
    static List<Function> in(String file, String text) {
        return file.endsWith(".java") ? java(file, text) : script(file, text);
    }

    private static List<Function> script(String file, String text) {
        List<Function> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int begin = 0; begin < lines.size(); begin++) {
            Matcher matcher = BEGINS.matcher(lines.get(begin));
            if (matcher.matches()) {
                int end = begin;
                while (end < lines.size() && !lines.get(end).startsWith(matcher.group(1) + "}")) {
                    end++;
                }
                found.add(new Function(file, matcher.group(2), end - begin + 1));
            }
        }
        return found;
    }

    private static List<Function> java(String file, String text) {
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + file), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return text;
            }
        };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, List.of("-proc:none"), null, List.of(source));
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Function> found = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Methods(file, unit, positions, found).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final String file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Function> found;

        Methods(String file, CompilationUnitTree unit, SourcePositions positions, List<Function> found) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            if (method.getBody() != null) {
                LineMap map = unit.getLineMap();
                long begin = map.getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long end = map.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                found.add(new Function(file, method.getName().toString(), (int) (end - begin) + 1));
            }
            return super.visitMethod(method, null);
        }
    }
}
