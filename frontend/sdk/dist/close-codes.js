/** How long `later` is when the service names no time, in milliseconds. */
export const LATER = 2000;
/** The close codes of the service. Tests of both sides compare this list with the service's own and with the document. */
export const CLOSE_CODES = [
    { code: 1000, name: 'normal', reason: 'normal', reconnect: 'no' },
    { code: 1001, name: 'going_away', reason: 'going away', reconnect: 'later' },
    { code: 1002, name: 'protocol_error', reason: 'protocol error', reconnect: 'no' },
    { code: 1007, name: 'invalid_payload', reason: 'invalid payload', reconnect: 'no' },
    { code: 1008, name: 'policy', reason: 'policy', reconnect: 'no' },
    { code: 1009, name: 'too_big', reason: 'too big', reconnect: 'no' },
    { code: 1011, name: 'server_error', reason: 'server error', reconnect: 'later' },
    { code: 1012, name: 'restart', reason: 'restart', reconnect: 'later' },
    { code: 1013, name: 'try_again_later', reason: 'try again later', reconnect: 'later' },
    { code: 4000, name: 'slow_consumer', reason: 'slow consumer', reconnect: 'now' },
    { code: 4001, name: 'silent', reason: 'heart-beat missed', reconnect: 'now' },
    { code: 4002, name: 'write_timeout', reason: 'write timeout', reconnect: 'now' },
    { code: 4003, name: 'connect_timeout', reason: 'connect timeout', reconnect: 'now' },
    { code: 4004, name: 'login_failed', reason: 'login failed', reconnect: 'no' },
    { code: 4005, name: 'expired', reason: 'token expired', reconnect: 'no' },
    { code: 4006, name: 'bad_frame', reason: 'bad frame', reconnect: 'no' },
    { code: 4007, name: 'operator', reason: 'closed by an operator', reconnect: 'later' },
];
/** What a number means. What is not in the list, such as 1006, came from the network: worth another try at once. */
export function closeCode(code, reason = '') {
    return CLOSE_CODES.find((one) => one.code === code) ?? { code, name: 'connection_lost', reason, reconnect: 'now' };
}
/** How long the service asks to stay away, in milliseconds: `restart; retry-after=3000`. */
export function retryAfter(reason) {
    const hint = /;\s*retry-after=(\d{1,9})\b/.exec(reason)?.[1];
    return hint === undefined ? undefined : Number(hint);
}
//# sourceMappingURL=close-codes.js.map