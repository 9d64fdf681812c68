import type { CarillonClient, Message, SubscribeOptions, Subscription } from './types.ts';
export type Sport = 'soccer' | 'basketball' | 'tennis';
export type MatchStatus = 'scheduled' | 'live' | 'break' | 'finished' | 'abandoned';
export type Side = 'home' | 'away';
/** Goals, points or sets. */
export interface Tally {
    readonly home: number;
    readonly away: number;
}
/** Who plays, and by which rules; docs/scores.md lists the fields of each sport. */
export interface Fixture {
    readonly kind: Sport;
    readonly home: string;
    readonly away: string;
    /** ISO 8601. */
    readonly startsAt?: string | null;
    /** How many seconds of the match pass in a second. */
    readonly rate?: number;
    readonly [rule: string]: unknown;
}
/** The clock of a match; see {@link clockSeconds}. */
export interface MatchClock {
    readonly running: boolean;
    readonly seconds: number;
    readonly since: string | null;
    readonly periodStartedAt: string | null;
    readonly start: number;
    readonly end: number;
    readonly limit: number;
    readonly rate: number;
    readonly lastEvent: number;
}
/** A match as it stands; docs/scores.md lists what each sport adds. */
export interface MatchState {
    readonly kind: Sport;
    readonly fixture: Fixture;
    readonly status: MatchStatus;
    readonly period: string;
    readonly clock: MatchClock;
    readonly score: Tally;
    readonly winner: Side | null;
    readonly [more: string]: unknown;
}
/** What a scorer reports; docs/scores.md lists the kinds of each sport and their fields. */
export interface MatchEvent {
    readonly kind: string;
    readonly [field: string]: unknown;
}
/** An event in the timeline of a match. */
export interface TimelineEntry {
    readonly number: number;
    readonly at: string;
    readonly period: string;
    /** What the clock showed, in seconds. */
    readonly clock: number;
    readonly score: Tally;
    readonly withdrawn: boolean;
    readonly event: MatchEvent;
}
/** What changed, and the whole match: the newest message is enough to draw it. */
export interface ScoreMessage {
    readonly kind: 'created' | 'event' | 'withdrawal' | 'state';
    readonly match: string;
    /** Grows from message to message of a match. */
    readonly number: number;
    readonly at: string;
    readonly event: TimelineEntry | null;
    readonly state: MatchState;
    /** The newest events, the newest first. */
    readonly recent: readonly TimelineEntry[];
}
/** A match in a list. */
export interface MatchSummary {
    readonly match: string;
    readonly sport: Sport;
    readonly destination: string;
    readonly home: string;
    readonly away: string;
    readonly startsAt: string | null;
    readonly status: MatchStatus;
    readonly period: string;
    readonly score: Tally;
    readonly winner: Side | null;
    readonly number: number;
    readonly changedAt: string;
}
/** A match with all its events, the oldest first. */
export interface MatchView {
    readonly match: string;
    readonly destination: string;
    readonly number: number;
    readonly changedAt: string;
    readonly state: MatchState;
    readonly timeline: readonly TimelineEntry[];
}
/** The answer to a scorer. */
export interface Accepted {
    readonly match: string;
    readonly destination: string;
    readonly number: number;
}
/** Matches, and what scorers do. */
export interface Scores {
    /** The matches, those created last first. */
    list(filter?: {
        readonly sport?: Sport;
        readonly status?: MatchStatus;
        readonly limit?: number;
    }): Promise<readonly MatchSummary[]>;
    match(id: string): Promise<MatchView>;
    /** Follows all matches of a sport, those that begin later too, or one match. Each begins with its last message. */
    follow(what: Sport | {
        readonly sport: Sport;
        readonly match: string;
    }, handler: (message: ScoreMessage, received: Message) => void, options?: SubscribeOptions): Promise<Subscription>;
    /** Creates a match; for scorers. The key makes it safe to repeat. */
    create(opening: {
        readonly id?: string;
        readonly fixture: Fixture;
    }, key?: string): Promise<Accepted>;
    /** Reports what happened; `clock` is what the scorer's clock showed, in seconds. Impossible events: `conflict`. */
    report(match: string, event: MatchEvent, options?: {
        readonly clock?: number;
        readonly key?: string;
    }): Promise<Accepted>;
    /** Takes an event back. */
    withdraw(match: string, number: number, key?: string): Promise<Accepted>;
}
/** The scores of the service. What scorers do goes over HTTP, where each request has its own answer. */
export declare function scores(client: CarillonClient): Scores;
/** What the clock of a match shows, in seconds. @param now in milliseconds since 1970 */
export declare function clockSeconds(clock: MatchClock, now: number): number;
//# sourceMappingURL=scores.d.ts.map