import { newKey } from "./keys.js";
/** The chat of the service. Also shows how to write such a part for topics of your own. */
export function chat(client) {
    const get = (path) => client.http({ method: 'GET', path });
    return {
        rooms: () => get('/api/rooms'),
        createRoom: (body) => client.http({ method: 'POST', path: '/api/rooms', body }),
        room: (name) => room(client, name),
        personal: (handler, options) => client.subscribe('/user/queue/chat', ({ body }) => handler(body), options),
        mentions: (handler, options) => client.subscribe('/user/queue/mentions', ({ body }) => handler(body), options),
        direct: (to, text, options) => client.publish('/app/chat.direct', { to, text }, options),
        conversation: (other, page) => get(`/api/direct/${encodeURIComponent(other)}/messages${query(page)}`),
    };
}
function room(client, name) {
    const path = `/api/rooms/${encodeURIComponent(name)}`;
    const tell = (what, body) => client.publish(`/app/chat.${name}.${what}`, body);
    return {
        name,
        follow: (handler, options) => client.subscribe(`/topic/chat.${name}`, (message) => handler(message.body, message), options),
        presence: (handler, options) => client.subscribe(`/topic/presence.chat.${name}`, ({ body }) => handler(body), options),
        typists: (handler, options) => client.subscribe(`/topic/typing.${name}`, ({ body }) => handler(body), { replay: 0, ...options }),
        send: (text, { replyTo, key = newKey() } = {}) => {
            const body = { text, ...(replyTo === undefined ? {} : { replyTo }) };
            const http = { method: 'POST', path: `${path}/messages`, body, headers: { 'message-key': key } };
            return client.publish(`/app/chat.${name}.send`, body, { key, http });
        },
        edit: (id, text) => tell('edit', { id, text }),
        delete: (id) => tell('delete', { id }),
        react: (id, emoji, action = 'add') => tell('react', { id, emoji, action }),
        typing: () => tell('typing', {}),
        markRead: (id) => tell('read', { id }),
        history: (page) => client.http({ method: 'GET', path: `${path}/messages${query(page)}` }),
        details: () => client.http({ method: 'GET', path }),
    };
}
function query(page = {}) {
    const parameters = Object.entries(page).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]));
    return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters).toString()}`;
}
//# sourceMappingURL=chat.js.map