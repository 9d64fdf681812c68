import { r as e } from './rolldown-runtime.js';
var t = class extends Error {
  name = `CarillonError`;
  code;
  destination;
  constructor(e, t, n, r) {
    (super(t, r), (this.code = e), (this.destination = n));
  }
};
function n(e) {
  return Uint8Array.from(atob(e), (e) => e.charCodeAt(0));
}
function r(e) {
  let t = ``;
  for (let n = 0; n < e.length; n += 32768) t += String.fromCharCode(...e.subarray(n, n + 32768));
  return btoa(t);
}
var i = class {
    #e;
    #t;
    constructor(e) {
      this.#e = e;
    }
    get isRenewable() {
      return this.#e.token !== void 0 || this.#e.ticket !== void 0;
    }
    get hasToken() {
      return this.#e.token !== void 0;
    }
    async ticket() {
      return this.#e.ticket?.();
    }
    async renew() {
      return ((this.#t = await this.#e.token?.()), this.#t);
    }
    async hasFresherToken() {
      let e = this.#t;
      return e !== void 0 && (await this.renew()) !== e && this.#t !== void 0;
    }
    async connectHeaders() {
      let e = await this.renew();
      if (e !== void 0) return { Authorization: `Bearer ${e}` };
      let { credentials: t } = this.#e;
      return t === void 0 ? {} : { login: t.login, passcode: t.passcode };
    }
    async requestHeaders() {
      let e = this.#t ?? (await this.renew());
      if (e !== void 0) return { Authorization: `Bearer ${e}` };
      let { credentials: t } = this.#e;
      return t === void 0 ? {} : { Authorization: `Basic ${r(new TextEncoder().encode(`${t.login}:${t.passcode}`))}` };
    }
  },
  a = 3e4,
  o = class {
    #e;
    #t;
    #n;
    constructor(e, t, n) {
      ((this.#e = e), (this.#t = t), (this.#n = n));
    }
    async json(e) {
      let t = await (await this.open({ ...e, signal: e.signal ?? AbortSignal.timeout(a) })).text();
      return t === `` ? void 0 : JSON.parse(t);
    }
    async open(e) {
      let t = await this.#r(e);
      return t.status === 401 && (await this.#n.hasFresherToken()) ? c(await this.#r(e)) : c(t);
    }
    async #r(e) {
      let t = { ...(await this.#n.requestHeaders()), ...e.headers };
      return (
        e.body !== void 0 && (t[`Content-Type`] = `application/json`),
        e.method !== `GET` && t.Authorization === void 0 && Object.assign(t, await this.#i()),
        this.#t(this.#e + e.path, {
          method: e.method,
          headers: t,
          credentials: `same-origin`,
          cache: `no-store`,
          ...(e.body === void 0 ? {} : { body: JSON.stringify(e.body) }),
          ...(e.signal === void 0 ? {} : { signal: e.signal }),
        })
      );
    }
    async isReachable() {
      try {
        let e = await this.#t(`${this.#e}/api/session`, {
          credentials: `same-origin`,
          cache: `no-store`,
          signal: AbortSignal.timeout(5e3),
        });
        return (await e.body?.cancel(), e.status < 500);
      } catch {
        return !1;
      }
    }
    async #i() {
      if (typeof document > `u` || new URL(this.#e, document.baseURI).origin !== location.origin) return {};
      s() === void 0 && (await this.isReachable());
      let e = s();
      return e === void 0 ? {} : { 'X-XSRF-TOKEN': e };
    }
  };
function s() {
  return /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1];
}
async function c(e) {
  if (!e.ok) throw await l(e);
  return e;
}
async function l(e) {
  let n = await e.text().catch(() => ``);
  try {
    let e = JSON.parse(n);
    if (typeof e.code == `string`) return new t(e.code, e.detail ?? e.code);
  } catch {}
  return new t(u(e.status), `The answer was ${e.status}`);
}
function u(e) {
  switch (e) {
    case 401:
      return `login-failed`;
    case 403:
      return `access-denied`;
    case 404:
      return `not-found`;
    case 409:
      return `conflict`;
    case 413:
      return `too-large`;
    case 429:
      return `rate-limited`;
    default:
      return e < 500 ? `bad-value` : `unavailable`;
  }
}
function d(e = ``) {
  let n = new i({}),
    r = new o(e.replace(/\/$/, ``), (...e) => fetch(...e), n);
  return async () => {
    try {
      let { ticket: e } = await r.json({ method: `POST`, path: `/api/tickets` });
      return e;
    } catch (e) {
      if (e instanceof t && e.code === `login-failed`) return;
      throw e;
    }
  };
}
function f() {
  let e = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(e, (e) => e.toString(16).padStart(2, `0`)).join(``);
}
function p(e) {
  let t = (t) => e.http({ method: `GET`, path: t });
  return {
    rooms: () => t(`/api/rooms`),
    createRoom: (t) => e.http({ method: `POST`, path: `/api/rooms`, body: t }),
    room: (t) => m(e, t),
    personal: (t, n) => e.subscribe(`/user/queue/chat`, ({ body: e }) => t(e), n),
    mentions: (t, n) => e.subscribe(`/user/queue/mentions`, ({ body: e }) => t(e), n),
    direct: (t, n, r) => e.publish(`/app/chat.direct`, { to: t, text: n }, r),
    conversation: (e, n) => t(`/api/direct/${encodeURIComponent(e)}/messages${h(n)}`),
  };
}
function m(e, t) {
  let n = `/api/rooms/${encodeURIComponent(t)}`,
    r = (n, r) => e.publish(`/app/chat.${t}.${n}`, r);
  return {
    name: t,
    follow: (n, r) => e.subscribe(`/topic/chat.${t}`, (e) => n(e.body, e), r),
    presence: (n, r) => e.subscribe(`/topic/presence.chat.${t}`, ({ body: e }) => n(e), r),
    typists: (n, r) => e.subscribe(`/topic/typing.${t}`, ({ body: e }) => n(e), { replay: 0, ...r }),
    send: (r, { replyTo: i, key: a = f() } = {}) => {
      let o = { text: r, ...(i === void 0 ? {} : { replyTo: i }) },
        s = { method: `POST`, path: `${n}/messages`, body: o, headers: { 'message-key': a } };
      return e.publish(`/app/chat.${t}.send`, o, { key: a, http: s });
    },
    edit: (e, t) => r(`edit`, { id: e, text: t }),
    delete: (e) => r(`delete`, { id: e }),
    react: (e, t, n = `add`) => r(`react`, { id: e, emoji: t, action: n }),
    typing: () => r(`typing`, {}),
    markRead: (e) => r(`read`, { id: e }),
    history: (t) => e.http({ method: `GET`, path: `${n}/messages${h(t)}` }),
    details: () => e.http({ method: `GET`, path: n }),
  };
}
function h(e = {}) {
  let t = Object.entries(e).flatMap(([e, t]) => (t === void 0 ? [] : [[e, `${t}`]]));
  return t.length === 0 ? `` : `?${new URLSearchParams(t).toString()}`;
}
function g() {
  let e,
    t,
    n = new Promise((n, r) => {
      ((e = n), (t = r));
    });
  return (n.catch(() => {}), { promise: n, resolve: e, reject: t });
}
var ee = class {
  #e = {};
  on(e, t) {
    let n = (this.#e[e] ??= new Set());
    return (n.add(t), () => n.delete(t));
  }
  emit(e, t) {
    for (let n of [...(this.#e[e] ?? [])]) _(() => n(t));
  }
  isHeard(e) {
    return (this.#e[e]?.size ?? 0) > 0;
  }
};
function _(e) {
  try {
    e();
  } catch (e) {
    queueMicrotask(() => {
      throw e;
    });
  }
}
var te = { isNew: !1, gap: void 0 },
  ne = { isNew: !0, gap: void 0 },
  re = class {
    #e;
    #t = new Map();
    constructor(e) {
      this.#e = e;
    }
    get isEmpty() {
      return this.#t.size === 0;
    }
    toString() {
      return [...this.#t]
        .slice(-300)
        .map(([e, { offset: t }]) => `${e}-${t}`)
        .join(`,`);
    }
    begin(e) {
      for (let [t, n] of v(e)) this.#t.set(t, { offset: n, topic: void 0, excuse: void 0 });
    }
    confirm(e, t) {
      let n = v(e);
      if (t === void 0) {
        for (let [e, t] of n) this.#t.set(e, { offset: t, topic: void 0, excuse: void 0 });
        return [];
      }
      let r = [];
      if (!t)
        for (let [e, t] of this.#t) n.has(e) ? this.#t.set(e, { ...t, excuse: `expired` }) : r.push(this.#r(e, t));
      for (let [e, t] of n)
        this.#t.has(e) ||
          (t > 0 && r.length === 0 && r.push(this.#i(void 0, e, 1, t, `expired`)),
          this.#t.set(e, { offset: t, topic: void 0, excuse: void 0 }));
      return r;
    }
    take(e, t, n) {
      let r = t.lastIndexOf(`-`),
        i = t.slice(0, r),
        a = Number(t.slice(r + 1)),
        o = this.#t.get(i),
        s = o?.offset ?? 0;
      if (o !== void 0 && a <= s) return te;
      let c = a === s + 1,
        l = o === void 0 ? this.#n(e) : void 0;
      if (
        (this.#t.size > 1 && this.#t.delete(i), this.#t.set(i, { offset: a, topic: e, excuse: void 0 }), l !== void 0)
      )
        return { isNew: !0, gap: this.#r(...l) };
      if (c) return ne;
      let u = o?.excuse ?? (n ? `slow` : `unknown`);
      return { isNew: !0, gap: this.#i(e, i, s + 1, a - 1, u) };
    }
    #n(e) {
      return [...this.#t].find(([, t]) => t.topic === e);
    }
    #r(e, { offset: t, topic: n }) {
      return (
        this.#t.delete(e),
        { destination: n ?? this.#e, from: `${e}-${t + 1}`, to: void 0, count: void 0, reason: `restarted` }
      );
    }
    #i(e, t, n, r, i) {
      return { destination: e ?? this.#e, from: `${t}-${n}`, to: `${t}-${r}`, count: r - n + 1, reason: i };
    }
  };
function v(e) {
  let t = new Map();
  for (let n of e.split(`,`)) {
    let e = n.lastIndexOf(`-`);
    e > 0 && t.set(n.slice(0, e).trim(), Number(n.slice(e + 1)));
  }
  return t;
}
var ie = class {
    id;
    destination;
    replay;
    latest;
    confirmation = g();
    #e;
    #t;
    #n;
    #r;
    #i;
    #a = `subscribing`;
    constructor(e, t, n, r, i, a) {
      ((this.id = e),
        (this.destination = t),
        (this.replay = r.replay),
        (this.latest = r.mode === `latest`),
        (this.#e = n),
        (this.#t = r),
        (this.#n = i),
        (this.#r = a),
        (this.#i = t.startsWith(`/queue/`) ? void 0 : new re(t)),
        this.#i?.begin(r.resumeFrom ?? ``));
    }
    get state() {
      return this.#a;
    }
    get position() {
      return this.resumeFrom() || void 0;
    }
    wasConfirmed = !1;
    resumeFrom() {
      return this.#i?.toString() ?? ``;
    }
    confirmed(e, t) {
      this.#a !== `unsubscribed` &&
        (this.#i?.confirm(e, t).forEach((e) => this.#o(e)),
        (this.wasConfirmed = !0),
        this.become(`subscribed`),
        this.confirmation.resolve(this));
    }
    received(e) {
      if (this.#a === `unsubscribed`) return;
      let t = 0;
      if (e.position !== void 0 && this.#i !== void 0) {
        let { isNew: n, gap: r } = this.#i.take(e.destination, e.position, e.announced);
        if (!n) return;
        r !== void 0 && ((t = r.count ?? 0), this.#o(r));
      }
      let n = new ae(e, t);
      _(() => this.#e(n));
    }
    become(e, t) {
      (e !== this.#a && ((this.#a = e), _(() => this.#t.onState?.(e, t))), t !== void 0 && this.confirmation.reject(t));
    }
    unsubscribe() {
      return this.#r();
    }
    #o(e) {
      (this.latest && e.reason !== `restarted`) || (_(() => this.#t.onGap?.(e)), this.#n(e));
    }
  },
  ae = class {
    body;
    destination;
    position;
    publishedAt;
    stale;
    skipped;
    headers;
    #e;
    constructor(e, t) {
      ((this.#e = e),
        (this.destination = e.destination),
        (this.position = e.position),
        (this.publishedAt = e.publishedAt),
        (this.headers = e.headers),
        (this.stale = e.headers.stale === `true`),
        (this.skipped = t),
        (this.body = y(e)));
    }
    get raw() {
      return this.#e.bytes();
    }
  };
function y(e) {
  let t = e.headers[`content-type`] ?? `text/plain`;
  if (/[/+]json\b/.test(t)) {
    let t = e.text();
    try {
      return JSON.parse(t);
    } catch {
      return t;
    }
  }
  return t.startsWith(`text/`) ? e.text() : e.bytes();
}
var b = [
  { code: 1e3, name: `normal`, reason: `normal`, reconnect: `no` },
  { code: 1001, name: `going_away`, reason: `going away`, reconnect: `later` },
  { code: 1002, name: `protocol_error`, reason: `protocol error`, reconnect: `no` },
  { code: 1007, name: `invalid_payload`, reason: `invalid payload`, reconnect: `no` },
  { code: 1008, name: `policy`, reason: `policy`, reconnect: `no` },
  { code: 1009, name: `too_big`, reason: `too big`, reconnect: `no` },
  { code: 1011, name: `server_error`, reason: `server error`, reconnect: `later` },
  { code: 1012, name: `restart`, reason: `restart`, reconnect: `later` },
  { code: 1013, name: `try_again_later`, reason: `try again later`, reconnect: `later` },
  { code: 4e3, name: `slow_consumer`, reason: `slow consumer`, reconnect: `now` },
  { code: 4001, name: `silent`, reason: `heart-beat missed`, reconnect: `now` },
  { code: 4002, name: `write_timeout`, reason: `write timeout`, reconnect: `now` },
  { code: 4003, name: `connect_timeout`, reason: `connect timeout`, reconnect: `now` },
  { code: 4004, name: `login_failed`, reason: `login failed`, reconnect: `no` },
  { code: 4005, name: `expired`, reason: `token expired`, reconnect: `no` },
  { code: 4006, name: `bad_frame`, reason: `bad frame`, reconnect: `no` },
  { code: 4007, name: `operator`, reason: `closed by an operator`, reconnect: `later` },
];
function x(e, t = ``) {
  return b.find((t) => t.code === e) ?? { code: e, name: `connection_lost`, reason: t, reconnect: `now` };
}
function oe(e) {
  let t = /;\s*retry-after=(\d{1,9})\b/.exec(e)?.[1];
  return t === void 0 ? void 0 : Number(t);
}
var se = class {
    #e;
    #t;
    #n = 0;
    constructor(e, t) {
      ((this.#e = { base: 500, cap: 3e4, settled: 5e3, ...e }), (this.#t = t));
    }
    next(e, t) {
      let n = this.#n === 0,
        r = Math.min(this.#e.cap, this.#e.base * 2 ** Math.min(this.#n++, 30));
      return Math.round((t ?? (n && e === `later` ? 2e3 : 0)) + this.#t() * r);
    }
    lasted(e) {
      e >= this.#e.settled && (this.#n = 0);
    }
  },
  S = {
    now: () => Date.now(),
    schedule: (e, t) => {
      let n = setTimeout(t, e);
      return () => clearTimeout(n);
    },
  };
function ce() {
  let e = le();
  if (e === void 0) return S;
  let t = new Map(),
    n = !1,
    r = 0;
  return (
    (e.onmessage = ({ data: e }) => {
      n = !0;
      let r = t.get(e);
      (t.delete(e), r?.());
    }),
    (e.onerror = (r) => {
      (r.preventDefault(), (n = !1), (e.onmessage = null));
      let i = [...t.values()];
      (t.clear(), i.forEach((e) => e()));
    }),
    {
      now: () => S.now(),
      schedule: (i, a) => {
        if (!n) return S.schedule(i, a);
        let o = ++r;
        return (
          t.set(o, a),
          e.postMessage([o, i]),
          () => {
            t.delete(o) && e.postMessage([o]);
          }
        );
      },
    }
  );
}
function le() {
  if (typeof Worker < `u` && typeof document < `u`)
    try {
      return new Worker(
        new URL(new URL(`assets/clock.worker-9n30jh0Y.js`, import.meta.url).href, `` + import.meta.url),
        { type: `module`, name: `carillon-clock` },
      );
    } catch {
      return;
    }
}
async function C(e, t) {
  let n = e.getReader(),
    r = new TextDecoder(),
    i = ``;
  try {
    for (;;) {
      let { value: e, done: a } = await n.read();
      if (a) return;
      let o = (i + r.decode(e, { stream: !0 })).split(/\r?\n\r?\n/);
      ((i = o.pop() ?? ``), o.length === 0 && t(void 0, e.length));
      for (let e of o) t(ue(e), e.length + 2);
    }
  } finally {
    n.cancel().catch(() => {});
  }
}
function ue(e) {
  let t = `message`,
    n,
    r = [];
  for (let i of e.split(/\r?\n/)) {
    let e = i.indexOf(`:`),
      a = e < 0 ? i : i.slice(0, e),
      o = e < 0 ? `` : i.slice(e + (i[e + 1] === ` ` ? 2 : 1));
    a === `data` ? r.push(o) : a === `event` ? (t = o) : a === `id` && (n = o);
  }
  return r.length === 0
    ? void 0
    : {
        type: t,
        id: n,
        data: r.join(`
`),
      };
}
var w = class extends Error {
    name = `LinkLost`;
  },
  T = class extends Error {
    name = `LinkFailure`;
    end;
    constructor(e) {
      (super(`${e.code} ${e.reason}`), (this.end = e));
    }
  },
  E = `/user/queue/session`,
  D = `25s`,
  O = 45e3,
  de = 100,
  fe = 8e3,
  pe = class e {
    transport;
    user = ``;
    session = void 0;
    closed;
    #e;
    #t = g();
    #n = g();
    #r = new Map();
    #i = [];
    #a = new AbortController();
    #o = !1;
    #s = !1;
    #c = !1;
    constructor(e) {
      ((this.transport = e.transport), (this.closed = this.#t.promise), (this.#e = e));
    }
    static async open(t) {
      let n = new e(t),
        r = () => n.cut();
      t.signal.addEventListener(`abort`, r, { once: !0 });
      try {
        let { api: e } = t;
        return (
          (n.user = (await e.json({ method: `GET`, path: `/api/session`, signal: t.signal })).user),
          n.#l(),
          await n.#n.promise,
          n
        );
      } catch (e) {
        throw e instanceof T ? e : new T(A(e));
      } finally {
        t.signal.removeEventListener(`abort`, r);
      }
    }
    place(e) {
      if (this.#s) return Promise.reject(new w());
      let { id: t, destination: n } = e,
        r = { placing: e, matches: he(n), placed: g(), isPlaced: !1 };
      return (this.#r.set(t, r), queueMicrotask(() => this.#a.abort()), r.placed.promise);
    }
    remove(e) {
      return (this.#r.delete(e), Promise.resolve());
    }
    send(e) {
      let { destination: t, http: n, key: r } = e;
      if (n !== void 0) return this.#S(() => this.#x(n)).then((e) => ({ key: r, position: void 0, answer: e }));
      if (t.startsWith(`/app/`)) return Promise.reject(j(t, this.transport));
      let i = g();
      return (this.#i.push({ sending: e, answer: i }), this.#y(), i.promise);
    }
    async ask(e, t) {
      if (t === void 0) throw j(e, this.transport);
      let n = JSON.stringify(await this.#S(() => this.#x(t)));
      return {
        destination: e,
        position: void 0,
        publishedAt: 0,
        announced: !1,
        headers: { 'content-type': `application/json` },
        text: () => n,
        bytes: () => new TextEncoder().encode(n),
      };
    }
    check(e) {
      let t = this.#e.clock.schedule(e, () => this.#C({ code: 4001, reason: `no answer` }));
      this.#S(() => this.#x({ method: `GET`, path: `/api/session` })).then(t, t);
    }
    close() {
      return (this.#C({ code: 1e3, reason: `normal` }), Promise.resolve());
    }
    cut() {
      this.#C({ code: 1006, reason: `cut` });
    }
    async #l() {
      for (; !this.#s;) {
        let e = new AbortController();
        this.#a = e;
        try {
          await this.#u();
          let t = e.signal.aborted ? void 0 : await this.#p(e);
          t !== void 0 && (this.transport === `sse` || t.code !== 1e3) && this.#C(t);
        } catch (t) {
          e.signal.aborted || (k(t) && (await this.#f())) || this.#C(A(t));
        }
      }
    }
    async #u() {
      let e = [...this.#r.values()].filter((e) => !e.isPlaced && e.placing.resumeFrom() === ``);
      for (let t = 0; t < e.length; t += 3) await Promise.all(e.slice(t, t + 3).map((e) => this.#d(e)));
    }
    async #d(e) {
      let { destination: t, replay: n } = e.placing,
        r = e.placing.resumeFrom(),
        i = new URLSearchParams([[`destination`, t]]);
      (r === `` ? n !== void 0 && i.set(`replay`, `${n}`) : i.set(`after`, r), i.set(`wait`, `0`));
      let a = !1;
      try {
        await C(await this.#g(i, AbortSignal.timeout(this.#e.patience)), (t, n) => {
          (this.#_(t, n), t?.type === `placed` && ((a = !0), this.#h(e, JSON.parse(t.data))));
        });
      } catch (t) {
        if (!k(t)) throw t;
        return (this.#r.delete(e.placing.id), e.placed.reject(t), !0);
      }
      if (!a) throw TypeError(`The answer for ${t} was cut short`);
      return !1;
    }
    async #f() {
      try {
        return (await Promise.all([...this.#r.values()].map((e) => this.#d(e)))).some(Boolean);
      } catch {
        return !1;
      }
    }
    async #p(e) {
      let n = [...this.#r.values()],
        r = new URLSearchParams();
      new Set([E, ...n.map((e) => e.placing.destination)]).forEach((e) => r.append(`destination`, e));
      let i = me(n.map((e) => e.placing.resumeFrom()));
      if ((i !== `` && r.set(`after`, i), this.transport === `long-poll`)) {
        let e = this.#o && n.every(({ isPlaced: e }) => e);
        r.set(`wait`, e ? D : `0`);
      }
      let a = this.#v(),
        o = { code: 1006, reason: `the stream broke off` },
        s;
      try {
        await C(await this.#g(r, e.signal), (n, r) => {
          if ((a.heard(), this.#_(n, r), n?.type === `closed`)) o = { ...JSON.parse(n.data), ...s };
          else if (n?.type === `refused`) {
            let { detail: e } = JSON.parse(n.data);
            s = { error: new t(`unavailable`, e) };
          } else n !== void 0 && !e.signal.aborted && ((this.#o = !0), this.#n.resolve(), this.#m(n.type, n.data));
        });
      } finally {
        a.stop();
      }
      return o;
    }
    #m(e, t) {
      if (e === `placed`) {
        let e = JSON.parse(t);
        for (let t of this.#r.values()) t.placing.destination === e.destination && this.#h(t, e);
      } else if (e === `message`) {
        let e = JSON.parse(t);
        for (let t of this.#r.values())
          t.isPlaced && t.matches(e.destination) && t.placing.received(M(e, t.placing.destination));
      }
    }
    #h(e, { position: t, recovered: n }) {
      ((e.isPlaced = !0), e.placing.confirmed(t, n), e.placed.resolve());
    }
    async #g(e, t) {
      let n = `/api/stream?${e.toString()}`;
      this.#e.tap.show(`out`, `GET ${n}`);
      let r = await this.#e.api.open({ method: `GET`, path: n, signal: t });
      if (r.body === null) throw TypeError(`The answer has no body`);
      return r.body;
    }
    #_(e, t) {
      let { tap: n } = this.#e;
      n.isOpen &&
        n.show(
          `in`,
          e === void 0
            ? `:`.padEnd(
                t,
                `
`,
              )
            : `event: ${e.type}\ndata: ${e.data}\n\n`,
        );
    }
    #v() {
      let { clock: e, patience: t } = this.#e,
        n = () => this.#C({ code: 4001, reason: `the stream is silent` }),
        r = e.schedule(this.transport === `sse` ? t : O, n);
      return {
        heard: () => {
          (r(), (r = e.schedule(O, n)));
        },
        stop: () => r(),
      };
    }
    async #y() {
      if (!this.#c) {
        for (this.#c = !0, await Promise.resolve(); this.#i.length > 0;) {
          let e = this.#i.splice(0, de);
          try {
            await this.#b(e);
          } catch (t) {
            e.forEach(({ answer: e }) => e.reject(t));
          }
        }
        this.#c = !1;
      }
    }
    async #b(e) {
      try {
        let n = { method: `POST`, path: `/api/publish`, body: e.map(({ sending: e }) => N(e)) },
          r = await this.#S(() => this.#x(n));
        e.forEach(({ sending: e, answer: n }, i) => {
          let { position: a, code: o, detail: s } = r[i] ?? { code: `internal` };
          o === void 0 ? n.resolve({ key: e.key, position: a }) : n.reject(new t(o, s ?? o, e.destination));
        });
      } catch (t) {
        if (e.length === 1 || !k(t)) throw t;
        for (let t of e) await this.#b([t]).catch(t.answer.reject);
      }
    }
    #x(e) {
      let { api: t, tap: n } = this.#e;
      if (n.isOpen) {
        let t = e.body === void 0 ? `` : `\n\n${JSON.stringify(e.body)}`;
        n.show(`out`, `${e.method} ${e.path}${t}`);
      }
      return t.json(e);
    }
    async #S(e) {
      try {
        return await e();
      } catch (e) {
        throw e instanceof t ? e : (this.#C({ code: 1006, reason: `a request failed` }), new w());
      }
    }
    #C(e) {
      this.#s ||
        ((this.#s = !0),
        this.#a.abort(),
        this.#n.reject(new T(e)),
        this.#r.forEach(({ placed: e }) => e.reject(new w())),
        this.#i.splice(0).forEach(({ answer: e }) => e.reject(new w())),
        this.#t.resolve(e));
    }
  };
function k(e) {
  return e instanceof t && ![`unavailable`, `internal`, `login-failed`].includes(e.code);
}
function A(e) {
  if (!(e instanceof t)) return { code: 1006, reason: `no connection` };
  let n = e.message;
  switch (e.code) {
    case `login-failed`:
      return { code: 4004, reason: n, error: e };
    case `unavailable`:
    case `limit-reached`:
    case `rate-limited`:
      return { code: 1013, reason: n, error: e };
    case `internal`:
      return { code: 1011, reason: n, error: e };
    default:
      return { code: 1008, reason: n, error: e };
  }
}
function j(e, n) {
  return new t(
    `unsupported`,
    `${e} cannot be reached by ${n}; it needs a WebSocket, or an HTTP resource in options.http`,
    e,
  );
}
function me(e) {
  let t = new Map(),
    n = e.filter((e) => e !== ``).sort((e, t) => t.length - e.length);
  for (let e of n.flatMap((e) => e.split(`,`))) {
    let n = e.lastIndexOf(`-`),
      r = e.slice(0, n),
      i = Number(e.slice(n + 1));
    t.set(r, Math.min(i, t.get(r) ?? i));
  }
  let r = [...t].map(([e, t]) => `${e}-${t}`),
    i = r.join(`,`).length;
  for (; i > fe;) i -= (r.shift()?.length ?? i) + 1;
  return r.join(`,`);
}
function he(e) {
  let t = `/user/queue/`;
  if (!e.includes(`*`) && !e.startsWith(t)) return (t) => t === e;
  let n = (e) => e.replace(/[.+?^${}()|[\]\\]/g, `\\$&`),
    r = e.startsWith(t)
      ? `/user/[^/]+/queue/${n(e.slice(12))}`
      : e
          .split(/(\*\*|\*)/)
          .map((e) => (e === `**` ? `.+` : e === `*` ? `[^./]+` : n(e)))
          .join(``),
    i = RegExp(`^${r}$`);
  return (t) => t === e || i.test(t);
}
function M(e, t) {
  let { body: r, base64: i = `` } = e;
  return {
    destination: t.startsWith(`/user/queue/`) ? t : e.destination,
    position: e.position,
    publishedAt: e.publishedAt,
    announced: e.missed !== void 0,
    headers: e.headers,
    text: () => r ?? new TextDecoder().decode(n(i)),
    bytes: () => (r === void 0 ? n(i) : new TextEncoder().encode(r)),
  };
}
function N({ destination: e, body: t, contentType: n, headers: i, key: a }) {
  return {
    destination: e,
    ...(typeof t == `string` ? { body: t } : { base64: r(t) }),
    contentType: n,
    headers: i,
    messageKey: a,
  };
}
var P = 6e4,
  F = class {
    #e;
    #t;
    #n = new Set();
    #r = 0;
    #i = 0;
    #a = 0;
    #o;
    constructor(e, t) {
      if (e.length === 0) throw TypeError(`transports must name at least one transport`);
      ((this.#e = e), (this.#t = t));
    }
    get current() {
      return this.#o ?? this.#e[this.#r] ?? `websocket`;
    }
    get hasOthers() {
      return this.#o === void 0 && this.#e.length > 1;
    }
    force(e) {
      ((this.#o = e), this.restart());
    }
    worked() {
      (this.#n.add(this.current), (this.#i = 0));
    }
    failed() {
      return (
        this.#i++,
        !this.hasOthers || (this.#n.has(this.current) && this.#i < 2)
          ? !1
          : ((this.#i = 0), (this.#a = this.#t()), (this.#r = (this.#r + 1) % this.#e.length), this.#r > 0)
      );
    }
    ended() {
      this.#t() - this.#a >= P && this.restart();
    }
    restart() {
      ((this.#r = 0), (this.#i = 0));
    }
  },
  I = class {
    #e = new Set();
    #t;
    #n;
    #r;
    #i;
    #a = !1;
    constructor(e, t, n) {
      ((this.#t = e), (this.#n = t), (this.#r = n));
    }
    add(e, n) {
      if (n?.aborted === !0) return Promise.reject(L());
      if (this.#e.size >= this.#n) {
        let e = `${this.#n} messages wait for an answer already (maxPending)`;
        return Promise.reject(new t(`queue-full`, e));
      }
      let r = g(),
        i = { run: e, answer: r, deadline: this.#t.now() + this.#r };
      this.#e.add(i);
      let a = () => r.reject(L());
      return (
        n?.addEventListener(`abort`, a, { once: !0 }),
        this.#a || this.#o(this.#r),
        this.#s(i),
        r.promise.finally(() => {
          (n?.removeEventListener(`abort`, a), this.#e.delete(i));
        })
      );
    }
    connected(e) {
      ((this.#i = e), this.#e.forEach((e) => this.#s(e)));
    }
    disconnected() {
      this.#i = void 0;
    }
    clear(e) {
      (this.#e.forEach(({ answer: t }) => t.reject(e)), this.#e.clear());
    }
    #o(e) {
      ((this.#a = !0),
        this.#t.schedule(e, () => {
          let e = this.#t.now(),
            n = [...this.#e],
            r = n.filter(({ deadline: t }) => t <= e);
          r.forEach(({ answer: e }) => e.reject(new t(`timeout`, `No answer within ${this.#r} ms`)));
          let i = n[r.length];
          i === void 0 ? (this.#a = !1) : this.#o(i.deadline - e);
        }));
    }
    #s({ run: e, answer: t }) {
      this.#i !== void 0 &&
        e(this.#i).then(t.resolve, (e) => {
          e instanceof w || t.reject(e);
        });
    }
  };
function L() {
  return new t(`aborted`, `The caller gave up`);
}
function R() {
  if (typeof document < `u` && typeof window < `u`)
    return {
      isVisible: () => document.visibilityState === `visible`,
      watch: (e) => {
        let t = new AbortController(),
          { signal: n } = t;
        return (
          window.addEventListener(`online`, () => e(`online`), { signal: n }),
          window.addEventListener(`offline`, () => e(`offline`), { signal: n }),
          window.addEventListener(`pageshow`, (t) => t.persisted && e(`visible`), { signal: n }),
          document.addEventListener(`visibilitychange`, () => document.visibilityState === `visible` && e(`visible`), {
            signal: n,
          }),
          () => t.abort()
        );
      },
    };
}
var ge = (function () {
    let e = typeof document < `u` && document.createElement(`link`).relList;
    return e && e.supports && e.supports(`modulepreload`) ? `modulepreload` : `preload`;
  })(),
  _e = function (e, t) {
    return new URL(e, t).href;
  },
  ve = {},
  ye = function (e) {
    return e.pathname.endsWith(`.css`);
  },
  be = function (e, t, n) {
    if (t in e) return e[t];
    let r = n();
    if (!r) {
      e[t] = void 0;
      return;
    }
    let i = r.then(
      () => {
        e[t] = void 0;
      },
      (n) => {
        throw ((e[t] = void 0), n);
      },
    );
    return ((e[t] = i), i);
  },
  xe = function (e, t, n) {
    let r = Promise.resolve();
    if (t && t.length > 0) {
      let e,
        i = document.querySelector(`meta[property=csp-nonce]`),
        a = i?.nonce || i?.getAttribute(`nonce`);
      function o(e) {
        return Promise.all(
          e.map((e) =>
            Promise.resolve(e).then(
              (e) => ({ status: `fulfilled`, value: e }),
              (e) => ({ status: `rejected`, reason: e }),
            ),
          ),
        );
      }
      function s(e) {
        return import.meta.resolve ? new URL(import.meta.resolve(e)) : new URL(e, import.meta.url);
      }
      r = o(
        t
          .map((t) => {
            t = _e(t, n);
            let r = s(t),
              i = ye(r);
            return be(ve, r.href, () => {
              if (e === void 0) {
                e = { all: new Set(), styles: new Set() };
                let t = document.getElementsByTagName(`link`);
                for (let n = t.length - 1; n >= 0; n--) {
                  let r = t[n];
                  (e.all.add(r.href), r.rel === `stylesheet` && e.styles.add(r.href));
                }
              }
              if ((i ? e.styles : e.all).has(r.href)) return;
              let t = document.createElement(`link`);
              if (
                ((t.rel = i ? `stylesheet` : ge),
                i || (t.as = `script`),
                (t.crossOrigin = ``),
                (t.href = r.href),
                a && t.setAttribute(`nonce`, a),
                document.head.appendChild(t),
                i)
              )
                return new Promise((e, n) => {
                  let i = (a) => {
                    (t.removeEventListener(`load`, i),
                      t.removeEventListener(`error`, i),
                      a.type === `error` ? n(Error(`Unable to preload CSS for ${r}`)) : e(a));
                  };
                  (t.addEventListener(`load`, i), t.addEventListener(`error`, i));
                });
            });
          })
          .filter((e) => e !== void 0),
      );
    }
    function i(e) {
      let t = new Event(`vite:preloadError`, { cancelable: !0 });
      if (((t.payload = e), window.dispatchEvent(t), !t.defaultPrevented)) throw e;
    }
    return r.then((t) => {
      for (let e of t || []) e.status === `rejected` && i(e.reason);
      return e().catch(i);
    });
  };
async function Se(t) {
  let { default: n } = await xe(
    async () => {
      let { default: t } = await import(`./sockjs.js`).then((t) => e(t.default, 1));
      return { default: t };
    },
    [],
    import.meta.url,
  );
  return new n(t, null, { sessionId: 20 });
}
function Ce(e, t) {
  e.terminate = function () {
    let n = () => {};
    ((this.onerror = n), (this.onmessage = n), (this.onopen = n));
    let r = new Date(),
      i = Math.random().toString().substring(2, 8),
      a = this.onclose;
    ((this.onclose = (e) => {
      let n = new Date().getTime() - r.getTime();
      t(`Discarded socket (#${i})  closed after ${n}ms, with code/reason: ${e.code}/${e.reason}`);
    }),
      this.close(),
      a?.call(e, {
        code: 4001,
        reason: `Quick discarding socket (#${i}) without waiting for the shutdown sequence.`,
        wasClean: !1,
      }));
  };
}
var z = {
    LF: `
`,
    NULL: `\0`,
  },
  B = class e {
    get body() {
      return (
        !this._body && this.isBinaryBody && (this._body = new TextDecoder().decode(this._binaryBody)),
        this._body || ``
      );
    }
    get binaryBody() {
      return (
        !this._binaryBody && !this.isBinaryBody && (this._binaryBody = new TextEncoder().encode(this._body)),
        this._binaryBody
      );
    }
    constructor(e) {
      let { command: t, headers: n, body: r, binaryBody: i, escapeHeaderValues: a, skipContentLengthHeader: o } = e;
      ((this.command = t),
        (this.headers = Object.assign({}, n || {})),
        i ? ((this._binaryBody = i), (this.isBinaryBody = !0)) : ((this._body = r || ``), (this.isBinaryBody = !1)),
        (this.escapeHeaderValues = a || !1),
        (this.skipContentLengthHeader = o || !1));
    }
    static fromRawFrame(t, n) {
      let r = {},
        i = (e) => e.replace(/^\s+|\s+$/g, ``);
      for (let a of t.headers.reverse()) {
        let o = i(a[0]),
          s = i(a[1]);
        (n && t.command !== `CONNECT` && t.command !== `CONNECTED` && (s = e.hdrValueUnEscape(s)), (r[o] = s));
      }
      return new e({ command: t.command, headers: r, binaryBody: t.binaryBody, escapeHeaderValues: n });
    }
    toString() {
      return this.serializeCmdAndHeaders();
    }
    serialize() {
      let t = this.serializeCmdAndHeaders();
      return this.isBinaryBody ? e.toUnit8Array(t, this._binaryBody).buffer : t + this._body + z.NULL;
    }
    serializeCmdAndHeaders() {
      let t = [this.command];
      this.skipContentLengthHeader && delete this.headers[`content-length`];
      for (let n of Object.keys(this.headers || {})) {
        let r = this.headers[n];
        this.escapeHeaderValues && this.command !== `CONNECT` && this.command !== `CONNECTED`
          ? t.push(`${n}:${e.hdrValueEscape(`${r}`)}`)
          : t.push(`${n}:${r}`);
      }
      return (
        (this.isBinaryBody || (!this.isBodyEmpty() && !this.skipContentLengthHeader)) &&
          t.push(`content-length:${this.bodyLength()}`),
        t.join(z.LF) + z.LF + z.LF
      );
    }
    isBodyEmpty() {
      return this.bodyLength() === 0;
    }
    bodyLength() {
      let e = this.binaryBody;
      return e ? e.length : 0;
    }
    static toUnit8Array(e, t) {
      let n = new TextEncoder().encode(e),
        r = new Uint8Array([0]),
        i = new Uint8Array(n.length + t.length + r.length);
      return (i.set(n), i.set(t, n.length), i.set(r, n.length + t.length), i);
    }
    static marshall(t) {
      return new e(t).serialize();
    }
    static hdrValueEscape(e) {
      return e.replace(/\\/g, `\\\\`).replace(/\r/g, `\\r`).replace(/\n/g, `\\n`).replace(/:/g, `\\c`);
    }
    static hdrValueUnEscape(e) {
      return e
        .replace(/\\r/g, `\r`)
        .replace(
          /\\n/g,
          `
`,
        )
        .replace(/\\c/g, `:`)
        .replace(/\\\\/g, `\\`);
    }
  },
  V = 0,
  H = 10,
  U = 13,
  W = 58,
  we = class {
    constructor(e, t) {
      ((this.onFrame = e),
        (this.onIncomingPing = t),
        (this._encoder = new TextEncoder()),
        (this._decoder = new TextDecoder()),
        (this._token = []),
        this._initState());
    }
    parseChunk(e, t = !1) {
      let n;
      if (((n = typeof e == `string` ? this._encoder.encode(e) : new Uint8Array(e)), t && n[n.length - 1] !== 0)) {
        let e = new Uint8Array(n.length + 1);
        (e.set(n, 0), (e[n.length] = 0), (n = e));
      }
      for (let e of n) this._onByte(e);
    }
    _collectFrame(e) {
      e !== V &&
        e !== U &&
        (e === H ? this.onIncomingPing() : ((this._onByte = this._collectCommand), this._reinjectByte(e)));
    }
    _collectCommand(e) {
      e !== U &&
        (e === H
          ? ((this._results.command = this._consumeTokenAsUTF8()), (this._onByte = this._collectHeaders))
          : this._consumeByte(e));
    }
    _collectHeaders(e) {
      e !== U &&
        (e === H ? this._setupCollectBody() : ((this._onByte = this._collectHeaderKey), this._reinjectByte(e)));
    }
    _reinjectByte(e) {
      this._onByte(e);
    }
    _collectHeaderKey(e) {
      e === W
        ? ((this._headerKey = this._consumeTokenAsUTF8()), (this._onByte = this._collectHeaderValue))
        : this._consumeByte(e);
    }
    _collectHeaderValue(e) {
      e !== U &&
        (e === H
          ? (this._results.headers.push([this._headerKey, this._consumeTokenAsUTF8()]),
            (this._headerKey = void 0),
            (this._onByte = this._collectHeaders))
          : this._consumeByte(e));
    }
    _setupCollectBody() {
      let e = this._results.headers.filter((e) => e[0] === `content-length`)[0];
      e
        ? ((this._bodyBytesRemaining = parseInt(e[1], 10)), (this._onByte = this._collectBodyFixedSize))
        : (this._onByte = this._collectBodyNullTerminated);
    }
    _collectBodyNullTerminated(e) {
      e === V ? this._retrievedBody() : this._consumeByte(e);
    }
    _collectBodyFixedSize(e) {
      this._bodyBytesRemaining-- === 0 ? this._retrievedBody() : this._consumeByte(e);
    }
    _retrievedBody() {
      this._results.binaryBody = this._consumeTokenAsRaw();
      try {
        this.onFrame(this._results);
      } catch (e) {
        console.log(`Ignoring an exception thrown by a frame handler. Original exception: `, e);
      }
      this._initState();
    }
    _consumeByte(e) {
      this._token.push(e);
    }
    _consumeTokenAsUTF8() {
      return this._decoder.decode(this._consumeTokenAsRaw());
    }
    _consumeTokenAsRaw() {
      let e = new Uint8Array(this._token);
      return ((this._token = []), e);
    }
    _initState() {
      ((this._results = { command: void 0, headers: [], binaryBody: void 0 }),
        (this._token = []),
        (this._headerKey = void 0),
        (this._onByte = this._collectFrame));
    }
  },
  G;
(function (e) {
  ((e[(e.CONNECTING = 0)] = `CONNECTING`),
    (e[(e.OPEN = 1)] = `OPEN`),
    (e[(e.CLOSING = 2)] = `CLOSING`),
    (e[(e.CLOSED = 3)] = `CLOSED`));
})((G ||= {}));
var K;
(function (e) {
  ((e[(e.ACTIVE = 0)] = `ACTIVE`), (e[(e.DEACTIVATING = 1)] = `DEACTIVATING`), (e[(e.INACTIVE = 2)] = `INACTIVE`));
})((K ||= {}));
var q;
(function (e) {
  ((e[(e.LINEAR = 0)] = `LINEAR`), (e[(e.EXPONENTIAL = 1)] = `EXPONENTIAL`));
})((q ||= {}));
var J;
(function (e) {
  ((e.Interval = `interval`), (e.Worker = `worker`));
})((J ||= {}));
var Te = class {
    constructor(e, t = J.Interval, n) {
      ((this._interval = e),
        (this._strategy = t),
        (this._debug = n),
        (this._workerScript = `
    var startTime = Date.now();
    setInterval(function() {
        self.postMessage(Date.now() - startTime);
    }, ${this._interval});
  `));
    }
    start(e) {
      (this.stop(), this.shouldUseWorker() ? this.runWorker(e) : this.runInterval(e));
    }
    stop() {
      (this.disposeWorker(), this.disposeInterval());
    }
    shouldUseWorker() {
      return typeof Worker < `u` && this._strategy === J.Worker;
    }
    runWorker(e) {
      (this._debug(`Using runWorker for outgoing pings`),
        this._worker ||
          ((this._worker = new Worker(
            URL.createObjectURL(new Blob([this._workerScript], { type: `text/javascript` })),
          )),
          (this._worker.onmessage = (t) => e(t.data))));
    }
    runInterval(e) {
      if ((this._debug(`Using runInterval for outgoing pings`), !this._timer)) {
        let t = Date.now();
        this._timer = setInterval(() => {
          e(Date.now() - t);
        }, this._interval);
      }
    }
    disposeWorker() {
      this._worker && (this._worker.terminate(), delete this._worker, this._debug(`Outgoing ping disposeWorker`));
    }
    disposeInterval() {
      this._timer && (clearInterval(this._timer), delete this._timer, this._debug(`Outgoing ping disposeInterval`));
    }
  },
  Y = class {
    constructor(e) {
      this.versions = e;
    }
    supportedVersions() {
      return this.versions.join(`,`);
    }
    protocolVersions() {
      return this.versions.map((e) => `v${e.replace(`.`, ``)}.stomp`);
    }
  };
((Y.V1_0 = `1.0`), (Y.V1_1 = `1.1`), (Y.V1_2 = `1.2`), (Y.default = new Y([Y.V1_2, Y.V1_1, Y.V1_0])));
var Ee = class {
    get connectedVersion() {
      return this._connectedVersion;
    }
    get connected() {
      return this._connected;
    }
    constructor(e, t) {
      ((this._webSocket = e),
        (this._connected = !1),
        (this._serverFrameHandlers = {
          CONNECTED: (e) => {
            (this.debug(`connected to server ${e.headers.server}`),
              (this._connected = !0),
              (this._connectedVersion = e.headers.version),
              this._connectedVersion === Y.V1_2 && (this._escapeHeaderValues = !0),
              this._setupHeartbeat(e.headers),
              this.onConnect(e));
          },
          MESSAGE: (e) => {
            let t = e.headers.subscription,
              n;
            (t !== void 0 && this._subscriptions[t] && (n = this._subscriptions[t]),
              n === void 0 && (n = this.onUnhandledMessage));
            let r = e,
              i = this,
              a = this._connectedVersion === Y.V1_2 ? r.headers.ack : r.headers[`message-id`];
            ((r.ack = (e = {}) => {
              a !== void 0 && t !== void 0 && i.ack(a, t, e);
            }),
              (r.nack = (e = {}) => {
                a !== void 0 && t !== void 0 && i.nack(a, t, e);
              }),
              n(r));
          },
          RECEIPT: (e) => {
            let t = e.headers[`receipt-id`],
              n = t === void 0 ? void 0 : this._receiptWatchers[t];
            n && t !== void 0 ? (n(e), delete this._receiptWatchers[t]) : this.onUnhandledReceipt(e);
          },
          ERROR: (e) => {
            this.onStompError(e);
          },
        }),
        (this._counter = 0),
        (this._subscriptions = {}),
        (this._receiptWatchers = {}),
        (this._escapeHeaderValues = !1),
        (this._lastServerActivityTS = Date.now()),
        (this.debug = t.debug),
        (this.stompVersions = t.stompVersions),
        (this.connectHeaders = t.connectHeaders),
        (this.disconnectHeaders = t.disconnectHeaders),
        (this.heartbeatIncoming = t.heartbeatIncoming),
        (this.heartbeatToleranceMultiplier = t.heartbeatGracePeriods),
        (this.heartbeatOutgoing = t.heartbeatOutgoing),
        (this.heartbeatStrategy = t.heartbeatStrategy),
        (this.splitLargeFrames = t.splitLargeFrames),
        (this.maxWebSocketChunkSize = t.maxWebSocketChunkSize),
        (this.forceBinaryWSFrames = t.forceBinaryWSFrames),
        (this.logRawCommunication = t.logRawCommunication),
        (this.appendMissingNULLonIncoming = t.appendMissingNULLonIncoming),
        (this.discardWebsocketOnCommFailure = t.discardWebsocketOnCommFailure),
        (this.onConnect = t.onConnect),
        (this.onDisconnect = t.onDisconnect),
        (this.onStompError = t.onStompError),
        (this.onWebSocketClose = t.onWebSocketClose),
        (this.onWebSocketError = t.onWebSocketError),
        (this.onUnhandledMessage = t.onUnhandledMessage),
        (this.onUnhandledReceipt = t.onUnhandledReceipt),
        (this.onUnhandledFrame = t.onUnhandledFrame),
        (this.onHeartbeatReceived = t.onHeartbeatReceived),
        (this.onHeartbeatLost = t.onHeartbeatLost));
    }
    start() {
      let e = new we(
        (e) => {
          let t = B.fromRawFrame(e, this._escapeHeaderValues);
          (this.logRawCommunication || this.debug(`<<< ${t}`),
            (this._serverFrameHandlers[t.command] || this.onUnhandledFrame)(t));
        },
        () => {
          (this.debug(`<<< PONG`), this.onHeartbeatReceived());
        },
      );
      ((this._webSocket.onmessage = (t) => {
        if ((this.debug(`Received data`), (this._lastServerActivityTS = Date.now()), this.logRawCommunication)) {
          let e = t.data instanceof ArrayBuffer ? new TextDecoder().decode(t.data) : t.data;
          this.debug(`<<< ${e}`);
        }
        e.parseChunk(t.data, this.appendMissingNULLonIncoming);
      }),
        (this._webSocket.onclose = (e) => {
          (this.debug(`Connection closed to ${this._webSocket.url}`), this._cleanUp(), this.onWebSocketClose(e));
        }),
        (this._webSocket.onerror = (e) => {
          this.onWebSocketError(e);
        }));
      let t = () => {
        let e = Object.assign({}, this.connectHeaders);
        (this.debug(`Web Socket Opened...`),
          (e[`accept-version`] = this.stompVersions.supportedVersions()),
          (e[`heart-beat`] = [this.heartbeatOutgoing, this.heartbeatIncoming].join(`,`)),
          this._transmit({ command: `CONNECT`, headers: e }));
      };
      this._webSocket.readyState === G.OPEN ? t() : (this._webSocket.onopen = t);
    }
    _setupHeartbeat(e) {
      if ((e.version !== Y.V1_1 && e.version !== Y.V1_2) || !e[`heart-beat`]) return;
      let t = e[`heart-beat`].split(`,`).map((e) => parseInt(e, 10)),
        n = t[0] ?? 0,
        r = t[1] ?? 0;
      if (this.heartbeatOutgoing !== 0 && r !== 0) {
        let e = Math.max(this.heartbeatOutgoing, r);
        (this.debug(`send PING every ${e}ms`),
          (this._pinger = new Te(e, this.heartbeatStrategy, this.debug)),
          this._pinger.start(() => {
            this._webSocket.readyState === G.OPEN && (this._webSocket.send(z.LF), this.debug(`>>> PING`));
          }));
      }
      if (this.heartbeatIncoming !== 0 && n !== 0) {
        let e = Math.max(this.heartbeatIncoming, n);
        (this.debug(`check PONG every ${e}ms`),
          (this._ponger = setInterval(() => {
            let t = Date.now() - this._lastServerActivityTS;
            t > e * this.heartbeatToleranceMultiplier &&
              (this.debug(`did not receive server activity for the last ${t}ms`),
              this.onHeartbeatLost(),
              this._closeOrDiscardWebsocket());
          }, e)));
      }
    }
    _closeOrDiscardWebsocket() {
      this.discardWebsocketOnCommFailure
        ? (this.debug(`Discarding websocket, the underlying socket may linger for a while`), this.discardWebsocket())
        : (this.debug(`Issuing close on the websocket`), this._closeWebsocket());
    }
    forceDisconnect() {
      this._webSocket &&
        (this._webSocket.readyState === G.CONNECTING || this._webSocket.readyState === G.OPEN) &&
        this._closeOrDiscardWebsocket();
    }
    _closeWebsocket() {
      ((this._webSocket.onmessage = () => {}), this._webSocket.close());
    }
    discardWebsocket() {
      (typeof this._webSocket.terminate != `function` && Ce(this._webSocket, (e) => this.debug(e)),
        this._webSocket.terminate());
    }
    _transmit(e) {
      let { command: t, headers: n, body: r, binaryBody: i, skipContentLengthHeader: a } = e,
        o = new B({
          command: t,
          headers: n,
          body: r,
          binaryBody: i,
          escapeHeaderValues: this._escapeHeaderValues,
          skipContentLengthHeader: a,
        }),
        s = o.serialize();
      if (
        (this.logRawCommunication ? this.debug(`>>> ${s}`) : this.debug(`>>> ${o}`),
        this.forceBinaryWSFrames && typeof s == `string` && (s = new TextEncoder().encode(s)),
        typeof s != `string` || !this.splitLargeFrames)
      )
        this._webSocket.send(s);
      else {
        let e = s;
        for (; e.length > 0;) {
          let t = e.substring(0, this.maxWebSocketChunkSize);
          ((e = e.substring(this.maxWebSocketChunkSize)),
            this._webSocket.send(t),
            this.debug(`chunk sent = ${t.length}, remaining = ${e.length}`));
        }
      }
    }
    dispose() {
      if (this.connected)
        try {
          let e = Object.assign({}, this.disconnectHeaders);
          ((e.receipt ||= `close-${this._counter++}`),
            this.watchForReceipt(e.receipt, (e) => {
              (this._closeWebsocket(), this._cleanUp(), this.onDisconnect(e));
            }),
            this._transmit({ command: `DISCONNECT`, headers: e }));
        } catch (e) {
          this.debug(`Ignoring error during disconnect ${e}`);
        }
      else
        (this._webSocket.readyState === G.CONNECTING || this._webSocket.readyState === G.OPEN) &&
          this._closeWebsocket();
    }
    _cleanUp() {
      ((this._connected = !1),
        (this._pinger &&= (this._pinger.stop(), void 0)),
        (this._ponger &&= (clearInterval(this._ponger), void 0)));
    }
    publish(e) {
      let { destination: t, headers: n, body: r, binaryBody: i, skipContentLengthHeader: a } = e,
        o = Object.assign({ destination: t }, n);
      this._transmit({ command: `SEND`, headers: o, body: r, binaryBody: i, skipContentLengthHeader: a });
    }
    watchForReceipt(e, t) {
      this._receiptWatchers[e] = t;
    }
    subscribe(e, t, n = {}) {
      ((n = Object.assign({}, n)), n.id || (n.id = `sub-${this._counter++}`));
      let r = n.id;
      ((n.destination = e), (this._subscriptions[r] = t), this._transmit({ command: `SUBSCRIBE`, headers: n }));
      let i = this;
      return {
        id: r,
        unsubscribe(e) {
          return i.unsubscribe(r, e);
        },
      };
    }
    unsubscribe(e, t = {}) {
      ((t = Object.assign({}, t)),
        delete this._subscriptions[e],
        (t.id = e),
        this._transmit({ command: `UNSUBSCRIBE`, headers: t }));
    }
    begin(e) {
      let t = e || `tx-${this._counter++}`;
      this._transmit({ command: `BEGIN`, headers: { transaction: t } });
      let n = this;
      return {
        id: t,
        commit() {
          n.commit(t);
        },
        abort() {
          n.abort(t);
        },
      };
    }
    commit(e) {
      this._transmit({ command: `COMMIT`, headers: { transaction: e } });
    }
    abort(e) {
      this._transmit({ command: `ABORT`, headers: { transaction: e } });
    }
    ack(e, t, n = {}) {
      ((n = Object.assign({}, n)),
        this._connectedVersion === Y.V1_2 ? (n.id = e) : (n[`message-id`] = e),
        (n.subscription = t),
        this._transmit({ command: `ACK`, headers: n }));
    }
    nack(e, t, n = {}) {
      return (
        (n = Object.assign({}, n)),
        this._connectedVersion === Y.V1_2 ? (n.id = e) : (n[`message-id`] = e),
        (n.subscription = t),
        this._transmit({ command: `NACK`, headers: n })
      );
    }
  },
  De = class {
    get webSocket() {
      return this._stompHandler?._webSocket;
    }
    get disconnectHeaders() {
      return this._disconnectHeaders;
    }
    set disconnectHeaders(e) {
      ((this._disconnectHeaders = e),
        this._stompHandler && (this._stompHandler.disconnectHeaders = this._disconnectHeaders));
    }
    get connected() {
      return !!this._stompHandler && this._stompHandler.connected;
    }
    get connectedVersion() {
      return this._stompHandler ? this._stompHandler.connectedVersion : void 0;
    }
    get active() {
      return this.state === K.ACTIVE;
    }
    _changeState(e) {
      ((this.state = e), this.onChangeState(e));
    }
    constructor(e = {}) {
      ((this.stompVersions = Y.default),
        (this.connectionTimeout = 0),
        (this.reconnectDelay = 5e3),
        (this._nextReconnectDelay = 0),
        (this.maxReconnectDelay = 9e5),
        (this.reconnectTimeMode = q.LINEAR),
        (this.heartbeatIncoming = 1e4),
        (this.heartbeatToleranceMultiplier = 2),
        (this.heartbeatOutgoing = 1e4),
        (this.heartbeatStrategy = J.Interval),
        (this.splitLargeFrames = !1),
        (this.maxWebSocketChunkSize = 8192),
        (this.forceBinaryWSFrames = !1),
        (this.appendMissingNULLonIncoming = !1),
        (this.discardWebsocketOnCommFailure = !1),
        (this._intendedState = K.INACTIVE),
        (this.state = K.INACTIVE));
      let t = () => {};
      ((this.debug = t),
        (this.beforeConnect = t),
        (this.onConnect = t),
        (this.onDisconnect = t),
        (this.onUnhandledMessage = t),
        (this.onUnhandledReceipt = t),
        (this.onUnhandledFrame = t),
        (this.onHeartbeatReceived = t),
        (this.onHeartbeatLost = t),
        (this.onStompError = t),
        (this.onWebSocketClose = t),
        (this.onWebSocketError = t),
        (this.logRawCommunication = !1),
        (this.onChangeState = t),
        (this.connectHeaders = {}),
        (this._disconnectHeaders = {}),
        this.configure(e));
    }
    configure(e) {
      (Object.assign(this, e),
        this.maxReconnectDelay > 0 &&
          this.maxReconnectDelay < this.reconnectDelay &&
          (this.debug(
            `Warning: maxReconnectDelay (${this.maxReconnectDelay}ms) is less than reconnectDelay (${this.reconnectDelay}ms). Using reconnectDelay as the maxReconnectDelay delay.`,
          ),
          (this.maxReconnectDelay = this.reconnectDelay)));
    }
    activate() {
      ((this._intendedState = K.ACTIVE),
        this.state === K.DEACTIVATING
          ? this.debug(`Deactivation in progress, will activate once deactivation completes`)
          : this.active
            ? this.debug(`Already ACTIVE, ignoring request to activate`)
            : this._startActivate());
    }
    _startActivate() {
      (this._changeState(K.ACTIVE), (this._nextReconnectDelay = this.reconnectDelay), this._connect());
    }
    async _connect() {
      if ((await this.beforeConnect(this), this._stompHandler)) {
        this.debug(`There is already a stompHandler, skipping the call to connect`);
        return;
      }
      if (!this.active) {
        this.debug(`Client has been marked inactive, will not attempt to connect`);
        return;
      }
      (this.connectionTimeout > 0 &&
        (this._connectionWatcher && clearTimeout(this._connectionWatcher),
        (this._connectionWatcher = setTimeout(() => {
          this.connected ||
            (this.debug(`Connection not established in ${this.connectionTimeout}ms, closing socket`),
            this.forceDisconnect());
        }, this.connectionTimeout))),
        this.debug(`Opening Web Socket...`));
      let e = this._createWebSocket();
      ((this._stompHandler = new Ee(e, {
        debug: this.debug,
        stompVersions: this.stompVersions,
        connectHeaders: this.connectHeaders,
        disconnectHeaders: this._disconnectHeaders,
        heartbeatIncoming: this.heartbeatIncoming,
        heartbeatGracePeriods: this.heartbeatToleranceMultiplier,
        heartbeatOutgoing: this.heartbeatOutgoing,
        heartbeatStrategy: this.heartbeatStrategy,
        splitLargeFrames: this.splitLargeFrames,
        maxWebSocketChunkSize: this.maxWebSocketChunkSize,
        forceBinaryWSFrames: this.forceBinaryWSFrames,
        logRawCommunication: this.logRawCommunication,
        appendMissingNULLonIncoming: this.appendMissingNULLonIncoming,
        discardWebsocketOnCommFailure: this.discardWebsocketOnCommFailure,
        onConnect: (e) => {
          ((this._connectionWatcher &&= (clearTimeout(this._connectionWatcher), void 0)),
            (this._nextReconnectDelay = this.reconnectDelay),
            this.active
              ? this.onConnect(e)
              : (this.debug(`STOMP got connected while deactivate was issued, will disconnect now`),
                this._disposeStompHandler()));
        },
        onDisconnect: (e) => {
          this.onDisconnect(e);
        },
        onStompError: (e) => {
          this.onStompError(e);
        },
        onWebSocketClose: (e) => {
          ((this._stompHandler = void 0),
            this.state === K.DEACTIVATING && this._changeState(K.INACTIVE),
            this.onWebSocketClose(e),
            this.active ? this.scheduleReconnect() : this._intendedState === K.ACTIVE && this._startActivate());
        },
        onWebSocketError: (e) => {
          this.onWebSocketError(e);
        },
        onUnhandledMessage: (e) => {
          this.onUnhandledMessage(e);
        },
        onUnhandledReceipt: (e) => {
          this.onUnhandledReceipt(e);
        },
        onUnhandledFrame: (e) => {
          this.onUnhandledFrame(e);
        },
        onHeartbeatReceived: () => {
          this.onHeartbeatReceived();
        },
        onHeartbeatLost: () => {
          this.onHeartbeatLost();
        },
      })),
        this._stompHandler.start());
    }
    _createWebSocket() {
      let e;
      if (this.webSocketFactory) e = this.webSocketFactory();
      else if (this.brokerURL) e = new WebSocket(this.brokerURL, this.stompVersions.protocolVersions());
      else throw Error(`Either brokerURL or webSocketFactory must be provided`);
      return ((e.binaryType = `arraybuffer`), e);
    }
    scheduleReconnect() {
      this._nextReconnectDelay > 0 &&
        (this.debug(`STOMP: scheduling reconnection in ${this._nextReconnectDelay}ms`),
        (this._reconnector = setTimeout(() => {
          (this.reconnectTimeMode === q.EXPONENTIAL &&
            ((this._nextReconnectDelay *= 2),
            this.maxReconnectDelay !== 0 &&
              (this._nextReconnectDelay = Math.min(this._nextReconnectDelay, this.maxReconnectDelay))),
            this._connect());
        }, this._nextReconnectDelay)));
    }
    async deactivate(e = {}) {
      let t = e.force || !1,
        n = this.active,
        r;
      if (((this._intendedState = K.INACTIVE), this.state === K.INACTIVE))
        return (this.debug(`Already INACTIVE, nothing more to do`), Promise.resolve());
      (this._changeState(K.DEACTIVATING),
        (this._nextReconnectDelay = 0),
        (this._reconnector &&= (clearTimeout(this._reconnector), void 0)));
      let i = this._stompHandler;
      if (i && i._webSocket.readyState !== G.CLOSED) {
        let e = i.onWebSocketClose;
        r = new Promise((t) => {
          i.onWebSocketClose = (n) => {
            (e(n), t());
          };
        });
      } else return (this._changeState(K.INACTIVE), Promise.resolve());
      return (t ? this._stompHandler?.discardWebsocket() : n && this._disposeStompHandler(), r);
    }
    forceDisconnect() {
      this._stompHandler && this._stompHandler.forceDisconnect();
    }
    _disposeStompHandler() {
      this._stompHandler && this._stompHandler.dispose();
    }
    publish(e) {
      this._requireHandler().publish(e);
    }
    _requireHandler() {
      let e = this._stompHandler;
      if (!e || !e.connected) throw TypeError(`There is no underlying STOMP connection`);
      return e;
    }
    watchForReceipt(e, t) {
      this._requireHandler().watchForReceipt(e, t);
    }
    subscribe(e, t, n = {}) {
      return this._requireHandler().subscribe(e, t, n);
    }
    unsubscribe(e, t = {}) {
      this._requireHandler().unsubscribe(e, t);
    }
    begin(e) {
      return this._requireHandler().begin(e);
    }
    commit(e) {
      this._requireHandler().commit(e);
    }
    abort(e) {
      this._requireHandler().abort(e);
    }
    ack(e, t, n = {}) {
      this._requireHandler().ack(e, t, n);
    }
    nack(e, t, n = {}) {
      this._requireHandler().nack(e, t, n);
    }
  },
  Oe = class e {
    transport;
    user = ``;
    session;
    closed;
    #e;
    #t;
    #n = g();
    #r = g();
    #i = new Map();
    #a;
    #o = !1;
    #s = 0;
    #c = 0;
    #l = () => {};
    constructor(e) {
      ((this.transport = e.transport),
        (this.closed = this.#n.promise),
        (this.#e = e),
        (this.#t = new De({
          webSocketFactory: () => this.#d(e.socket()),
          connectHeaders: { ...e.connectHeaders, 'soft-errors': `true`, ...(e.batch ? { batch: `true` } : {}) },
          reconnectDelay: 0,
          reconnectTimeMode: q.LINEAR,
          heartbeatOutgoing: e.outgoing,
          heartbeatIncoming: e.incoming,
          discardWebsocketOnCommFailure: !0,
          logRawCommunication: !0,
          onConnect: (e) => this.#f(e),
          onStompError: (e) => this.#m(e),
          onUnhandledReceipt: (e) => this.#_(e.headers[`receipt-id`], (t) => t.resolve(e)),
          onUnhandledMessage: () => {},
          onWebSocketClose: ({ code: t, reason: n }) => {
            let r = e.transport === `sockjs` && t === 1002;
            this.#h({ code: r ? 1006 : t, reason: n ?? `` });
          },
        })));
    }
    static async open(t) {
      let n = new e(t),
        r = () => n.cut();
      t.signal.addEventListener(`abort`, r, { once: !0 });
      try {
        return (n.#t.activate(), await n.#r.promise, n);
      } finally {
        t.signal.removeEventListener(`abort`, r);
      }
    }
    async place(e) {
      let { id: t, destination: n, replay: r, latest: i } = e,
        a = e.resumeFrom(),
        o = { id: t };
      (a !== `` && (o[`resume-from`] = a),
        r !== void 0 && (o.replay = `${r}`),
        i && (o.mode = `latest`),
        await this.#g(
          (t) => {
            this.#t.subscribe(n, (t) => e.received(X(t)), { ...o, receipt: t });
          },
          (t) => {
            let { position: n, recovered: r } = t.headers;
            e.confirmed(n ?? ``, r === void 0 ? void 0 : r === `true`);
          },
        ));
    }
    async remove(e) {
      await this.#g((t) => this.#t.unsubscribe(e, { receipt: t }));
    }
    async send(e) {
      let { destination: n, body: r, contentType: i, headers: a, key: o } = e;
      return typeof r != `string` && this.#e.sendBytes !== void 0
        ? this.#e.sendBytes(e).catch((e) => {
            throw e instanceof t ? e : (this.cut(), new w());
          })
        : (await this.#g((e) => {
            this.#t.publish({
              destination: n,
              headers: { ...a, 'content-type': i, 'message-key': o, receipt: e },
              ...(typeof r == `string` ? { body: r } : { binaryBody: r }),
            });
          }),
          { key: o, position: void 0 });
    }
    async ask(e, t) {
      let n = `ask-${++this.#s}`,
        r = g();
      (this.#g((t) => {
        this.#t.subscribe(e, (e) => r.resolve(X(e)), { id: n, receipt: t });
      }).catch(r.reject),
        this.closed.then(() => r.reject(new w())));
      let i = await r.promise;
      return (this.remove(n).catch(() => {}), i);
    }
    check(e) {
      let t = this.#c,
        n = `check-${++this.#s}`;
      (this.#g((e) => {
        let { webSocket: t } = this.#t;
        (t?.send(`BEGIN\ntransaction:${n}\n\n\0`), t?.send(`ABORT\ntransaction:${n}\nreceipt:${e}\n\n\0`));
      }).catch(() => {}),
        this.#e.clock.schedule(e, () => {
          !this.#o && this.#c === t && this.#u({ code: 4001, reason: `no answer` });
        }));
    }
    async close() {
      if (!this.#o) {
        let e = this.#e.clock.schedule(2e3, () => this.cut());
        (await this.#t.deactivate(), e());
      }
      this.#h({ code: 1e3, reason: `normal` });
    }
    cut() {
      this.#u({ code: 1006, reason: `cut` });
    }
    #u(e) {
      let t = this.#t;
      (this.#h(e), t.deactivate({ force: !0 }));
    }
    #d(e) {
      let { tap: t } = this.#e;
      e.addEventListener(`message`, (e) => {
        ((this.#c = this.#e.clock.now()), t.isOpen && t.show(`in`, e.data));
      });
      let n = e.send.bind(e);
      return (
        (e.send = (e) => {
          (t.isOpen && t.show(`out`, e), n(e));
        }),
        e
      );
    }
    #f(e) {
      ((this.user = e.headers[`user-name`] ?? ``),
        (this.session = e.headers.session),
        this.#p(e.headers[`heart-beat`] ?? ``),
        this.#r.resolve());
    }
    #p(e) {
      let t = Number(e.split(`,`)[1] ?? 0),
        { outgoing: n, clock: r, isVisible: i } = this.#e;
      if (t === 0 || n === 0) return;
      let a = () => {
        this.#l = r.schedule(Math.max(t, n), a);
        let { webSocket: e } = this.#t;
        !i() &&
          e?.readyState === 1 &&
          e.send(`
`);
      };
      this.#l = r.schedule(Math.max(t, n), a);
    }
    #m(e) {
      let { code: n, message: r, 'receipt-id': i, fatal: a } = e.headers,
        o = new t(n ?? `internal`, r ?? `The service says no more`);
      (a !== `false` && (this.#a = o), this.#_(i, (e) => e.reject(o)));
    }
    #h(e) {
      if (this.#o) return;
      ((this.#o = !0), this.#l());
      let t = this.#a === void 0 ? e : { ...e, error: this.#a };
      this.#r.reject(new T(t));
      let n = [...this.#i.values()];
      (this.#i.clear(),
        n.forEach(({ reject: e }) => e(new w())),
        this.#n.resolve(t),
        this.#t.deactivate({ force: !0 }));
    }
    #g(e, t = () => {}) {
      if (this.#o) return Promise.reject(new w());
      let n = `r${++this.#s}`;
      return new Promise((r, i) => {
        this.#i.set(n, {
          resolve: (e) => {
            (t(e), r());
          },
          reject: i,
        });
        try {
          e(n);
        } catch {}
      });
    }
    #_(e, t) {
      let n = this.#i.get(e ?? ``);
      n !== void 0 && (this.#i.delete(e ?? ``), t(n));
    }
  };
function X(e) {
  let { headers: t } = e,
    r = t[`published-at`],
    i = t[`body-encoding`] === `base64`;
  return {
    destination: t.destination ?? ``,
    position: r === void 0 ? void 0 : t[`message-id`],
    publishedAt: Number(r ?? 0),
    announced: t.missed !== void 0,
    headers: t,
    text: () => (i ? new TextDecoder().decode(n(e.body)) : e.body),
    bytes: () => (i ? n(e.body) : e.binaryBody),
  };
}
var ke = 5e3,
  Z = 5e3;
function Ae(e = {}) {
  return new je(e);
}
var je = class {
  url;
  #e;
  #t;
  #n;
  #r;
  #i;
  #a;
  #o;
  #s = new ee();
  #c = new Map();
  #l = `disconnected`;
  #u;
  #d;
  #f;
  #p = new AbortController();
  #m = () => {};
  #h = () => {};
  #g = !1;
  #_ = 0;
  #v = 0;
  constructor(e) {
    let { environment: t = {} } = e;
    if (
      ((this.#e = e),
      (this.url = (e.url ?? (typeof location > `u` ? `` : location.origin)).replace(/\/$/, ``)),
      !/^https?:\/\//.test(this.url))
    )
      throw TypeError(`url must be the address of the service, such as https://example.org`);
    this.#t = {
      clock: t.clock ?? ce(),
      random: t.random ?? Math.random,
      fetch: t.fetch ?? ((...e) => fetch(...e)),
      webSocket: t.webSocket ?? ((e, t) => new WebSocket(e, t)),
      sockJs: t.sockJs ?? Se,
      page: `page` in t ? t.page : R(),
    };
    let { clock: n, random: r } = this.#t;
    ((this.#n = new i(e)),
      (this.#r = new o(this.url, this.#t.fetch, this.#n)),
      (this.#i = new F(e.transports ?? [`websocket`, `sse`, `long-poll`], () => n.now())),
      (this.#a = new se(e.backoff ?? {}, r)),
      (this.#o = new I(n, e.maxPending ?? 1e4, e.requestTimeout ?? 6e4)));
  }
  get state() {
    return this.#l;
  }
  get transport() {
    return this.#u?.transport;
  }
  get user() {
    return this.#d;
  }
  on(e, t) {
    return this.#s.on(e, t);
  }
  connect() {
    if (this.#f === void 0) {
      let e = g();
      ((this.#f = e), (this.#h = this.#t.page?.watch((e) => this.#A(e)) ?? this.#h), this.#D(`connecting`), this.#y(e));
    } else this.#m();
    return this.#f.promise;
  }
  async close() {
    let e = new t(`closed`, `The client was closed`),
      n = this.#u;
    (this.#E(e), this.#c.forEach((t) => t.become(`unsubscribed`, e)), this.#c.clear(), await n?.close());
  }
  async subscribe(e, n, r = {}) {
    let { signal: i } = r;
    if (i?.aborted === !0) throw new t(`aborted`, `The caller gave up`, e);
    let a = `s${++this.#v}`,
      o = new ie(
        a,
        e,
        n,
        r,
        (e) => this.#s.emit(`gap`, e),
        () => this.#M(o),
      );
    return (
      this.#c.set(a, o),
      i?.addEventListener(
        `abort`,
        () => {
          (o.become(`unsubscribed`, new t(`aborted`, `The caller gave up`, e)), this.#M(o));
        },
        { once: !0 },
      ),
      this.#u !== void 0 && this.#j(this.#u, o),
      o.confirmation.promise
    );
  }
  publish(e, n, r = {}) {
    let { key: i = f(), headers: a = {}, signal: o, http: s } = r,
      c;
    try {
      c = { destination: e, ...Ne(n, r.contentType), headers: a, key: i, http: s };
    } catch (n) {
      return Promise.reject(new t(`bad-value`, `The body is nothing that JSON can say`, e, { cause: n }));
    }
    return this.#o
      .add((e) => e.send(c), o)
      .catch((t) => {
        throw Q(e, t);
      });
  }
  async request(e, t, n = {}) {
    let { reply: r, matches: i = () => !0, http: a, signal: o } = n;
    if (t === void 0) return this.#o.add(async (t) => y(await t.ask(e, a)), o);
    if (r === void 0) {
      let { answer: r } = await this.publish(e, t, n);
      return r;
    }
    let s = g(),
      c = await this.subscribe(
        r,
        (e) => {
          i(e) && s.resolve(e.body);
        },
        { replay: 0, ...(o === void 0 ? {} : { signal: o }) },
      );
    try {
      let { answer: r } = await this.publish(e, t, n);
      return r === void 0 ? await this.#o.add(() => s.promise, o) : r;
    } finally {
      c.unsubscribe();
    }
  }
  http(e) {
    return this.#r.json(e).catch((n) => {
      throw n instanceof t
        ? n
        : e.signal?.aborted === !0
          ? new t(`aborted`, `The caller gave up`)
          : new t(`unavailable`, `The service cannot be reached`, void 0, { cause: n });
    });
  }
  async useTransport(e) {
    if ((this.#i.force(e), this.#u !== void 0 && this.#u.transport === this.#i.current)) return;
    if (this.#f === void 0) return this.connect();
    let n = g(),
      r = [
        this.on(`session`, () => n.resolve()),
        this.on(`state`, ({ state: e }) => {
          e === `disconnected` && n.reject(new t(`closed`, `The client was closed`));
        }),
      ];
    ((this.#g = !0),
      this.#p.abort(),
      this.#u?.close(),
      this.#m(),
      await n.promise.finally(() => r.forEach((e) => e())));
  }
  cut() {
    this.#u?.cut();
  }
  async #y(e) {
    for (; this.#f === e;) {
      let n = this.#i.current;
      this.#g = !1;
      let r = await this.#b(e, n);
      if (this.#f !== e) return;
      let i = this.#g,
        { reconnect: a, name: o, reason: s } = x(r.code, r.reason),
        c = a === `no` && !i && !this.#O(r) ? void 0 : i ? 0 : this.#a.next(a, oe(r.reason)),
        l = { code: r.code, name: o, reason: r.reason || s, reconnect: a, retryIn: c };
      if ((this.#s.emit(`close`, l), c === void 0)) {
        let e = r.error ?? new t(`closed`, `The service closed: ${l.code} ${l.reason}`);
        (this.#s.emit(`error`, e), this.#E(e));
        return;
      }
      (this.#D(`connecting`), await this.#k(c));
    }
  }
  async #b(e, t) {
    let { clock: n } = this.#t,
      r;
    try {
      r = await this.#S(t);
    } catch (e) {
      return this.#x(t, e);
    }
    if (this.#f !== e || this.#i.current !== t) return (await r.close(), { code: 1e3, reason: `normal` });
    let i = n.now();
    (this.#i.worked(), this.#w(r), e.resolve());
    let a = await r.closed;
    return (this.#a.lasted(n.now() - i), n.now() - i >= Z && (this.#_ = 0), this.#i.ended(), this.#T(r), a);
  }
  async #x(e, t) {
    let n = t instanceof T ? t.end : { code: 1006, reason: `no connection` };
    return (x(n.code).name === `connection_lost` || n.code === 4001) &&
      this.#i.hasOthers &&
      this.#i.current === e &&
      (await this.#r.isReachable()) &&
      this.#i.failed()
      ? ((this.#g = !0), { code: 1e3, reason: `${e} does not get through` })
      : n;
  }
  async #S(e) {
    let { clock: t, webSocket: n, sockJs: r, page: i } = this.#t,
      a = new AbortController();
    this.#p = a;
    let o = this.#e.connectTimeout ?? 1e4,
      s = t.schedule(o, () => a.abort()),
      { signal: c } = a;
    try {
      let a = this.#F(e);
      if (e === `sse` || e === `long-poll`)
        return (
          await $(this.#n.renew(), c),
          await pe.open({ transport: e, api: this.#r, clock: t, patience: o, tap: a, signal: c })
        );
      let [s, l] = await $(Promise.all([this.#n.connectHeaders(), this.#n.ticket()]), c),
        u;
      if (e === `sockjs`) {
        l !== void 0 && (s.ticket = l);
        let e = await r(`${this.url}/sockjs`);
        u = () => e;
      } else {
        let e = l === void 0 ? `` : `?ticket=${encodeURIComponent(l)}`;
        u = () => n(`${this.url.replace(/^http/, `ws`)}/ws${e}`, [`v12.stomp`]);
      }
      let { outgoing: d = 1e4, incoming: f = 1e4 } = this.#e.heartbeat ?? {},
        p = this.#e.batch ?? !0,
        m = {
          sendBytes: e === `sockjs` ? (e) => this.#C(e) : void 0,
          outgoing: d,
          incoming: f,
          batch: p,
          isVisible: () => i?.isVisible() ?? !0,
          clock: t,
          tap: a,
          signal: c,
        };
      return await Oe.open({ transport: e, socket: u, connectHeaders: s, ...m });
    } finally {
      s();
    }
  }
  async #C(e) {
    let t = { method: `POST`, path: `/api/publish`, body: N(e) },
      { position: n } = await this.#r.json(t);
    return { key: e.key, position: n };
  }
  #w(e) {
    ((this.#u = e),
      (this.#d = e.user),
      this.#n.hasToken && (e.transport === `websocket` || e.transport === `sockjs`) && this.#N(e),
      this.#c.forEach((t) => this.#j(e, t)),
      this.#D(`connected`),
      this.#s.emit(`transport`, { transport: e.transport, previous: void 0 }));
    let { user: t, transport: n, session: r } = e;
    (this.#s.emit(`session`, { user: t, guest: t.startsWith(`guest-`), transport: n, session: r }),
      this.#o.connected(e));
  }
  #T(e) {
    this.#u === e &&
      ((this.#u = void 0),
      this.#o.disconnected(),
      this.#c.forEach((e) => e.become(`subscribing`)),
      this.#s.emit(`transport`, { transport: void 0, previous: e.transport }));
  }
  #E(e) {
    let t = this.#f,
      n = this.#u;
    ((this.#f = void 0), this.#h(), this.#p.abort(), this.#o.clear(e), n !== void 0 && this.#T(n));
    for (let [t, n] of this.#c) (n.become(`unsubscribed`, e), n.wasConfirmed || this.#c.delete(t));
    (t?.reject(e), this.#D(`disconnected`), this.#m());
  }
  #D(e) {
    let t = this.#l;
    e !== t && ((this.#l = e), this.#s.emit(`state`, { state: e, previous: t }));
  }
  #O({ code: e }) {
    return (e === 4004 || e === 4005) && this.#n.isRenewable && this.#_++ < 1;
  }
  #k(e) {
    return new Promise((t) => {
      let n = this.#t.clock.schedule(e, t);
      this.#m = () => {
        (n(), t());
      };
    });
  }
  #A(e) {
    e !== `offline` && (e === `online` && this.#i.restart(), this.#u?.check(ke), this.#m());
  }
  #j(e, n) {
    (n.become(`subscribing`),
      e.place(n).catch((r) => {
        if (!(r instanceof t) || !this.#c.has(n.id)) return;
        if (n.wasConfirmed && Me(r)) {
          (this.#s.emit(`error`, r),
            this.#t.clock.schedule(Z, () => {
              this.#u === e && this.#c.has(n.id) && this.#j(e, n);
            }));
          return;
        }
        this.#c.delete(n.id);
        let i = Q(n.destination, r);
        (n.wasConfirmed && this.#s.emit(`error`, i), n.become(`unsubscribed`, i));
      }));
  }
  async #M(e) {
    if (this.#c.delete(e.id)) {
      (e.become(`unsubscribed`), e.confirmation.reject(new t(`closed`, `Unsubscribed`, e.destination)));
      try {
        await this.#u?.remove(e.id);
      } catch (e) {
        if (!(e instanceof w)) throw e;
      }
    }
  }
  #N(e) {
    e.place({
      id: `session`,
      destination: `/user/queue/session`,
      replay: 0,
      latest: !1,
      resumeFrom: () => ``,
      confirmed: () => {},
      received: ({ headers: t }) => {
        t[`expires-in`] !== void 0 && this.#P(e);
      },
    }).catch((e) => {
      e instanceof t && this.#s.emit(`error`, e);
    });
  }
  async #P(e) {
    try {
      let t = await this.#n.renew();
      t !== void 0 &&
        (await e.send({
          destination: `/app/session.refresh`,
          body: t,
          contentType: `text/plain`,
          headers: {},
          key: f(),
          http: void 0,
        }));
    } catch (n) {
      if (n instanceof w) return;
      let r = n instanceof Error ? n.message : `The token could not be renewed`;
      (this.#s.emit(`error`, new t(`login-failed`, r, void 0, { cause: n })),
        this.#t.clock.schedule(Z, () => {
          this.#u === e && this.#P(e);
        }));
    }
  }
  #F(e) {
    let t = this.#s,
      { clock: n } = this.#t;
    return {
      get isOpen() {
        return t.isHeard(`frame`);
      },
      show: (r, i) => {
        let a = typeof i == `string`,
          o = a ? new TextEncoder().encode(i).length : i.byteLength,
          s = a ? Pe(i) : `(${o} bytes)`;
        t.emit(`frame`, { direction: r, at: n.now(), transport: e, text: s, size: o });
      },
    };
  }
};
function Q(e, n) {
  return n instanceof t ? new t(n.code, n.message, e, { cause: n }) : new t(`internal`, String(n), e, { cause: n });
}
function Me({ code: e }) {
  return e === `unavailable` || e === `internal` || e === `rate-limited` || e === `limit-reached`;
}
function $(e, t) {
  return new Promise((n, r) => {
    (t.addEventListener(`abort`, () => r(new T({ code: 1006, reason: `timeout` })), { once: !0 }), e.then(n, r));
  });
}
function Ne(e, t) {
  if (typeof e == `string`) return { body: e, contentType: t ?? `text/plain;charset=UTF-8` };
  if (e instanceof Uint8Array) return { body: e, contentType: t ?? `application/octet-stream` };
  let n = JSON.stringify(e);
  if (n === void 0) throw TypeError(`undefined`);
  return { body: n, contentType: t ?? `application/json` };
}
function Pe(e) {
  let t = e.replace(/^(passcode|Authorization|ticket):.*$/gim, `$1:…`).replace(/([?&]ticket=)[^&\s]*/g, `$1…`);
  return t.includes(`/app/session.refresh`)
    ? t.replace(
        /\n\n[^]*/,
        `

…`,
      )
    : t;
}
function Fe(e) {
  let t = (e) => `/api/scores/${encodeURIComponent(e)}`,
    n = (e = f()) => ({ 'message-key': e });
  return {
    list: (t = {}) => {
      let n = Object.entries(t).map(([e, t]) => [e, String(t)]);
      return e.http({ method: `GET`, path: `/api/scores?${new URLSearchParams(n).toString()}` });
    },
    match: (n) => e.http({ method: `GET`, path: t(n) }),
    follow: (t, n, r) => {
      let i = typeof t == `string` ? `${t}.*` : `${t.sport}.${t.match}`;
      return e.subscribe(`/topic/scores.${i}`, (e) => n(e.body, e), r);
    },
    create: (t, r) => e.http({ method: `POST`, path: `/api/scores`, body: t, headers: n(r) }),
    report: (r, i, { clock: a, key: o } = {}) => {
      let s = { event: i, ...(a === void 0 ? {} : { clock: a }) };
      return e.http({ method: `POST`, path: `${t(r)}/events`, body: s, headers: n(o) });
    },
    withdraw: (r, i, a) => e.http({ method: `DELETE`, path: `${t(r)}/events/${i}`, headers: n(a) }),
  };
}
function Ie(e, t) {
  return !e.running || e.since === null
    ? e.seconds
    : Math.min(e.limit, e.seconds + (Math.max(0, t - Date.parse(e.since)) / 1e3) * e.rate);
}
var Le = 100;
function Re(e) {
  let t = (t) => e.http({ method: `GET`, path: t });
  return {
    list: () => t(`/api/stocks`),
    quote: (e) => t(`/api/stocks/${encodeURIComponent(e)}`),
    candles: (e, { interval: n = `1m`, limit: r } = {}) =>
      t(`/api/stocks/${encodeURIComponent(e)}/candles?interval=${n}${r === void 0 ? `` : `&limit=${r}`}`),
    watch: (t, n, r) => ze(e, t, n, r),
    alerts: () => e.request(`/app/stocks.alerts`),
    addAlert: (t) => e.publish(`/app/stocks.alerts.add`, t),
    removeAlert: (t) => e.publish(`/app/stocks.alerts.remove`, { id: t }),
    onAlert: (t, n) => e.subscribe(`/user/queue/alerts`, ({ body: e }) => t(e), n),
  };
}
async function ze(e, t, n, r) {
  let i = t === `*` ? void 0 : new Set(t),
    a = (e) => {
      (i === void 0 || i.has(e.body.symbol)) && n(e.body, e);
    },
    o = i === void 0 || i.size > Le ? [`*`] : [...i],
    s = await Promise.allSettled(o.map((t) => e.subscribe(`/topic/stocks.${t}`, a, r))),
    c = s.flatMap((e) => (e.status === `fulfilled` ? [e.value] : [])),
    l = async () => {
      await Promise.all(c.map((e) => e.unsubscribe()));
    },
    u = s.find((e) => e.status === `rejected`);
  if (u !== void 0) throw (await l(), u.reason);
  return { unsubscribe: l };
}
export {
  b as CLOSE_CODES,
  t as CarillonError,
  p as chat,
  Ie as clockSeconds,
  x as closeCode,
  Ae as createClient,
  f as newKey,
  d as pageTicket,
  Fe as scores,
  Re as stocks,
};
//# sourceMappingURL=carillon.js.map
