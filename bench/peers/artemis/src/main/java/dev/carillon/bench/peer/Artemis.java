package dev.carillon.bench.peer;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** ActiveMQ Artemis with one STOMP acceptor (it recognises WebSocket by itself), no security and no journal. */
final class Artemis {

    public static void main(String[] arguments) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false).setSecurityEnabled(false);
        configuration.addAcceptorConfiguration("stomp", "tcp://127.0.0.1:" + arguments[0]
                + "?protocols=STOMP&multicastPrefix=/topic/&backlog=4096");
        new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }

    private Artemis() {
    }

}
