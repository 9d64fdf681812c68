package dev.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the figures were measured on. */
final class Machine {

    private static final String LOAD = "load average before";

    static Map<String, Object> describe() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processor", find("/proc/cpuinfo", "model name\\s*: (.+)"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory", Math.round(Double.parseDouble(find("/proc/meminfo", "MemTotal:\\s+(\\d+)")) / 1e6) + " GB");
        machine.put("kernel", find("/proc/sys/kernel/osrelease", "(\\S+)"));
        machine.put("system", find("/etc/os-release", "PRETTY_NAME=\"(.+)\""));
        machine.put("java", System.getProperty("java.vm.vendor") + " " + Runtime.version());
        machine.put(LOAD, find("/proc/loadavg", "(\\S+)"));
        return machine;
    }

    /** Whether a description, read from a file, is of this machine. */
    static boolean isSame(Object described) {
        Map<String, Object> here = describe();
        return described instanceof Map<?, ?> there && here.keySet()
            .stream()
            .filter((key) -> !key.equals(LOAD))
            .allMatch((key) -> Report.plain(here.get(key)).equals(Report.plain(there.get(key))));
    }

    /** Processor time that all processes have used since boot, in seconds, what the host took away included. */
    static double busySeconds() {
        String[] fields = find("/proc/stat", "cpu\\s+(.+)").split(" ");
        long ticks = 0;
        for (int i = 0; i < 8; i++) {
            boolean idle = i == 3 || i == 4;
            ticks += idle ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / Server.TICKS;
    }

    private static String find(String file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
            return matcher.find() ? matcher.group(1) : "0";
        }
        catch (IOException ex) {
            return "0";
        }
    }

    private Machine() {
    }

}
