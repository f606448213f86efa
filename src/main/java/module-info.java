/** HarDNet for Java: networks of low memory traffic, planned in Java, computed by native code. */
module dev.hardnet {
    requires com.google.gson;
    requires com.google.protobuf;
    requires com.twelvemonkeys.imageio.core;
    requires com.twelvemonkeys.imageio.metadata;
    requires info.picocli;
    requires transitive java.desktop;
    requires java.logging;
    requires java.xml;
    requires jdk.unsupported;
    requires me.tongfei.progressbar;
    requires static org.bytedeco.cuda;
    requires static org.bytedeco.javacpp;
    requires org.jline.terminal;

    exports dev.hardnet;
    exports dev.hardnet.graph;
    exports dev.hardnet.plan;
    exports dev.hardnet.vision;

    opens dev.hardnet.cli to com.google.gson, info.picocli;
    opens dev.hardnet.plan to com.google.gson;
    opens dev.hardnet.profile to com.google.gson;
    opens dev.hardnet.report to com.google.gson;
    opens dev.hardnet.traffic to com.google.gson;
}
