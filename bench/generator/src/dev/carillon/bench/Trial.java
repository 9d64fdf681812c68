package dev.carillon.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/** One load on one freshly started server. */
record Trial(Peer peer, Server server, Scale scale) {

    /** What a client speaks that asks for no extras. */
    Dialect dialect() {
        return this.peer.dialect(1, List.of());
    }

    /** Clients with bodies of that length, who ask for these extras (headers of CONNECT) where the server speaks STOMP. */
    Swarm swarm(int bodyLength, String... wishes) throws IOException {
        return new Swarm(this.server.port(), this.peer.dialect(1, List.of(wishes)), new Body(bodyLength));
    }

    /** Connects that many subscribers and fails unless every one is subscribed. */
    Muster muster(Swarm swarm, int wanted, IntFunction<List<String>> topics, IntFunction<Integer> receiveBuffer)
            throws IOException {
        Muster muster = new Muster(swarm);
        int subscribed = muster.gather(wanted, this.peer.confirms(), topics, receiveBuffer,
                Scale.nanos(this.scale.limit()));
        if (subscribed != wanted) {
            throw new IOException("only " + subscribed + " of " + wanted + " are subscribed");
        }
        return muster;
    }

    Usage usage() {
        return new Usage(this.server);
    }

}
