package dev.carillon.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The trials of a run in their order.
 *
 * <p>Carillon is tried as often as asked for, and so is the base of all ratios in the loads that have one: these are the
 * figures from which something is concluded. Everybody else is tried once, for orientation. A round goes through all loads
 * before the next one begins, so that what is there after an interruption is of all loads, and within a load the peers
 * follow each other directly, so that a slow minute of a shared machine hits those that are compared.
 */
record Plan(List<Step> steps) {

    /** One trial to be made. */
    record Step(int round, Load load, Peer peer) {
    }

    static Plan of(Options options, List<Peer> peers) {
        List<Step> steps = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Load load : Load.ALL) {
                for (Peer peer : peers) {
                    if (options.wants(load) && load.suits(peer) && (round == 1 || isRepeated(load, peer))) {
                        steps.add(new Step(round, load, peer));
                    }
                }
            }
        }
        return new Plan(steps);
    }

    /** Those who have something to do. */
    List<Peer> peers() {
        return this.steps.stream().map(Step::peer).distinct().toList();
    }

    private static boolean isRepeated(Load load, Peer peer) {
        return peer.isOwn() || peer.name().equals(Peer.BASE) && Target.compares(load.name());
    }

}
