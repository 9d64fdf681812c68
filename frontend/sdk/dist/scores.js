import { newKey } from "./keys.js";
/** The scores of the service. What scorers do goes over HTTP, where each request has its own answer. */
export function scores(client) {
    const matchPath = (id) => `/api/scores/${encodeURIComponent(id)}`;
    const once = (key = newKey()) => ({ 'message-key': key });
    return {
        list: (filter = {}) => {
            const wanted = Object.entries(filter).map(([name, value]) => [name, String(value)]);
            return client.http({ method: 'GET', path: `/api/scores?${new URLSearchParams(wanted).toString()}` });
        },
        match: (id) => client.http({ method: 'GET', path: matchPath(id) }),
        follow: (what, handler, options) => {
            const topic = typeof what === 'string' ? `${what}.*` : `${what.sport}.${what.match}`;
            return client.subscribe(`/topic/scores.${topic}`, (received) => handler(received.body, received), options);
        },
        create: (body, key) => client.http({ method: 'POST', path: '/api/scores', body, headers: once(key) }),
        report: (match, event, { clock, key } = {}) => {
            const body = { event, ...(clock === undefined ? {} : { clock }) };
            return client.http({ method: 'POST', path: `${matchPath(match)}/events`, body, headers: once(key) });
        },
        withdraw: (match, number, key) => client.http({ method: 'DELETE', path: `${matchPath(match)}/events/${number}`, headers: once(key) }),
    };
}
/** What the clock of a match shows, in seconds. @param now in milliseconds since 1970 */
export function clockSeconds(clock, now) {
    if (!clock.running || clock.since === null) {
        return clock.seconds;
    }
    return Math.min(clock.limit, clock.seconds + (Math.max(0, now - Date.parse(clock.since)) / 1000) * clock.rate);
}
//# sourceMappingURL=scores.js.map