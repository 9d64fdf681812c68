package dev.carillon.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Just enough JSON (RFC 8259) to write results and to read them again; NaN becomes null. */
final class Json {

    private final String text;

    private int at;

    private Json(String text) {
        this.text = text;
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, "\n");
        return out.append('\n').toString();
    }

    /** Returns maps, lists, strings, doubles, booleans and nulls. */
    static Object read(String text) {
        return new Json(text).value();
    }

    private static void write(Object value, StringBuilder out, String newLine) {
        switch (value) {
            case null -> out.append("null");
            case Double number when number.isNaN() || number.isInfinite() -> out.append("null");
            case Number number -> out.append(number);
            case Boolean bool -> out.append(bool);
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator).append(newLine).append("  ");
                    write(entry.getKey(), out, "");
                    out.append(": ");
                    write(entry.getValue(), out, newLine + "  ");
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{}" : newLine + "}");
            }
            case Iterable<?> list -> {
                String separator = "[";
                for (Object each : list) {
                    out.append(separator).append(newLine).append("  ");
                    write(each, out, newLine + "  ");
                    separator = ",";
                }
                out.append(separator.equals("[") ? "[]" : newLine + "]");
            }
            default -> {
                out.append('"');
                value.toString().chars().forEach((c) -> {
                    if (c == '"' || c == '\\') {
                        out.append('\\').append((char) c);
                    }
                    else {
                        out.append((c < ' ') ? "\\u%04x".formatted(c) : String.valueOf((char) c));
                    }
                });
                out.append('"');
            }
        }
    }

    private Object value() {
        return switch (next()) {
            case '{' -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (this.at++; next() != '}'; skip(',')) {
                    String key = string();
                    next();
                    skip(':');
                    map.put(key, value());
                    next();
                }
                this.at++;
                yield map;
            }
            case '[' -> {
                List<Object> list = new ArrayList<>();
                for (this.at++; next() != ']'; skip(',')) {
                    list.add(value());
                    next();
                }
                this.at++;
                yield list;
            }
            case '"' -> string();
            default -> literal();
        };
    }

    private char next() {
        while (Character.isWhitespace(this.text.charAt(this.at))) {
            this.at++;
        }
        return this.text.charAt(this.at);
    }

    private void skip(char wanted) {
        if (this.text.charAt(this.at) == wanted) {
            this.at++;
        }
    }

    private Object literal() {
        int start = this.at;
        while (this.at < this.text.length() && ",]} \r\n\t".indexOf(this.text.charAt(this.at)) < 0) {
            this.at++;
        }
        String word = this.text.substring(start, this.at);
        return switch (word) {
            case "null" -> null;
            case "true", "false" -> Boolean.valueOf(word);
            default -> Double.valueOf(word);
        };
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (this.at++; this.text.charAt(this.at) != '"'; this.at++) {
            char c = this.text.charAt(this.at);
            if (c == '\\') {
                c = this.text.charAt(++this.at);
                switch (c) {
                    case 'n' -> c = '\n';
                    case 't' -> c = '\t';
                    case 'u' -> {
                        c = (char) Integer.parseInt(this.text.substring(this.at + 1, this.at + 5), 16);
                        this.at += 4;
                    }
                    default -> { }
                }
            }
            out.append(c);
        }
        this.at++;
        return out.toString();
    }

}
