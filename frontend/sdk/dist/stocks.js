/** Above so many symbols one wildcard is cheaper than a subscription for each. */
const MANY = 100;
/** The stocks of the service. */
export function stocks(client) {
    const get = (path) => client.http({ method: 'GET', path });
    return {
        list: () => get('/api/stocks'),
        quote: (symbol) => get(`/api/stocks/${encodeURIComponent(symbol)}`),
        candles: (symbol, { interval = '1m', limit } = {}) => get(`/api/stocks/${encodeURIComponent(symbol)}/candles?interval=${interval}${limit === undefined ? '' : `&limit=${limit}`}`),
        watch: (symbols, handler, options) => watch(client, symbols, handler, options),
        alerts: () => client.request('/app/stocks.alerts'),
        addAlert: (alert) => client.publish('/app/stocks.alerts.add', alert),
        removeAlert: (id) => client.publish('/app/stocks.alerts.remove', { id }),
        onAlert: (handler, options) => client.subscribe('/user/queue/alerts', ({ body }) => handler(body), options),
    };
}
async function watch(client, symbols, handler, options) {
    const wanted = symbols === '*' ? undefined : new Set(symbols);
    const hand = (message) => {
        if (wanted === undefined || wanted.has(message.body.symbol)) {
            handler(message.body, message);
        }
    };
    const names = wanted === undefined || wanted.size > MANY ? ['*'] : [...wanted];
    const made = await Promise.allSettled(names.map((name) => client.subscribe(`/topic/stocks.${name}`, hand, options)));
    const confirmed = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const unsubscribe = async () => {
        await Promise.all(confirmed.map((one) => one.unsubscribe()));
    };
    const refused = made.find((one) => one.status === 'rejected');
    if (refused !== undefined) {
        await unsubscribe();
        throw refused.reason;
    }
    return { unsubscribe };
}
//# sourceMappingURL=stocks.js.map