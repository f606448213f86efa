package dev.hardnet.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;

/** What a program reads: one JSON value on standard output. */
final class Json {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Json() {
    }

    static void print(PrintWriter out, Object value) {
        GSON.toJson(value, out);
        out.println();
        out.flush();
    }
}
