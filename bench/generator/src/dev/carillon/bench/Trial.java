package dev.carillon.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/** One load on one freshly started server. */
record Trial(Peer peer, Server server, Scale scale) {

    Swarm swarm(int bodyLength, boolean batch) throws IOException {
        return new Swarm(this.server.port(), this.peer.dialect(batch), new Body(bodyLength));
    }

    /** Connects all subscribers of the scale and fails unless every one is subscribed. */
    Muster muster(Swarm swarm, IntFunction<List<String>> topics, IntFunction<Integer> receiveBuffer)
            throws IOException {
        Muster muster = new Muster(swarm);
        int wanted = this.scale.subscribers();
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
