import { byId, count, el, flash, setText } from './dom.js';

const MOST_FINISHED = 6;

const SPORTS = { soccer: 'Soccer', basketball: 'Basketball', tennis: 'Tennis' };

const ORDER = { live: 0, break: 1, scheduled: 2, finished: 3, abandoned: 3 };

const PERIODS = {
  'pre-match': 'not begun',
  'first-half': 'first half',
  'second-half': 'second half',
  'extra-time-1': 'extra time, first half',
  'extra-time-2': 'extra time, second half',
  'shoot-out': 'shoot-out',
};

const EVENTS = {
  'period-start': () => 'Play begins',
  'period-end': () => 'The period is over',
  abandoned: ({ reason }) => (reason ? `Abandoned: ${reason}` : 'Abandoned'),
  goal: (event, team) => by(`Goal for ${team}`, event.player, event.how === 'open-play' ? '' : words(event.how)),
  card: (event, team) => by(`${capital(event.color)} card, ${team}`, event.player),
  substitution: (event, team) => `${team}: ${event.on} for ${event.off}`,
  'added-time': ({ minutes }) => `Added time: ${count(minutes, 'minute', 'minutes')}`,
  'shoot-out-kick': (event, team) => by(`${team} ${event.scored ? 'scores' : 'misses'}`, event.player),
  basket: (event, team) => by(`${count(event.points, 'point', 'points')} for ${team}`, event.player),
  foul: (event, team) => by(`Foul, ${team}`, event.player, event.severity === 'personal' ? '' : event.severity),
  timeout: (_, team) => `Time-out, ${team}`,
  'clock-stop': () => 'The clock stands',
  'clock-start': () => 'The clock goes on',
  'match-start': () => 'The match begins',
  point: (event, team) => by(`Point for ${team}`, event.how === 'rally' ? '' : words(event.how)),
  retirement: (_, team) => `${team} retires`,
};

/** The matches of all sports; each message carries all that is needed to draw its match. */
export class Scores {
  #matches = new Map();

  constructor(link) {
    link.subscribe(
      '/topic/scores.*.*',
      (message) => this.#take(message),
      ({ refusal }) => refusal && setText(byId('scores-note'), refusal.message),
    );
    setInterval(() => this.#matches.forEach((match) => tick(match)), 1000);
  }

  #take(message) {
    const known = this.#matches.get(message.match);
    const match = known ?? this.#add(message.match);
    const before = match.message?.state.score;
    match.message = message;
    this.#draw(match);
    const { score } = message.state;
    if (before && (before.home !== score.home || before.away !== score.away)) {
      match.element.dataset.changed = 'true';
      flash(match.element, 'var(--accent-tint)');
    }
    this.#arrange();
  }

  #add(id) {
    const element = el('li', { class: 'match', 'data-match': id });
    const match = { element, clock: el('span', { class: 'clock' }) };
    this.#matches.set(id, match);
    return match;
  }

  #draw(match) {
    const { state, recent = [] } = match.message;
    const head = el(
      'p',
      { class: 'about' },
      el('span', { class: 'sport' }, SPORTS[state.kind] ?? state.kind),
      el('span', { class: 'status', 'data-status': state.status }, status(state)),
      match.clock,
    );
    const last = recent.find((entry) => !entry.withdrawn);
    const lines = el('div', { class: 'lines' }, line(state, 'home'), line(state, 'away'));
    match.element.replaceChildren(head, lines, el('p', { class: 'last' }, last ? describe(last, state) : ''));
    match.element.dataset.status = state.status;
    tick(match);
  }

  /** Live matches first; of the finished ones those that ended last. */
  #arrange() {
    const all = [...this.#matches.values()].sort(
      (a, b) =>
        ORDER[a.message.state.status] - ORDER[b.message.state.status] ||
        (isOver(a) ? instant(b.message.at) - instant(a.message.at) : 0) ||
        a.message.state.kind.localeCompare(b.message.state.kind) ||
        a.message.match.localeCompare(b.message.match),
    );
    all.filter(isOver).slice(MOST_FINISHED).forEach(({ message }) => this.#matches.delete(message.match));
    const shown = all.filter(({ message }) => this.#matches.has(message.match)).map(({ element }) => element);
    const list = byId('scores');
    if (shown.length !== list.children.length || shown.some((element, i) => list.children[i] !== element)) {
      list.replaceChildren(...shown);
    }
    const live = all.filter(({ message }) => message.state.status === 'live').length;
    setText(byId('scores-note'), `${count(shown.length, 'match', 'matches')}, ${live} live`);
  }
}

function isOver({ message }) {
  return message.state.status === 'finished' || message.state.status === 'abandoned';
}

function line(state, side) {
  const serves = state.server === side ? ' serves' : '';
  const name = el('span', { class: `name${state.winner === side ? ' winner' : ''}${serves}` }, state.fixture[side]);
  const sets = (state.sets ?? []).map((set) => el('span', { class: 'set' }, String(set.games[side])));
  const game = state.game && state.status === 'live' ? [el('span', { class: 'game' }, state.game[side])] : [];
  return el(
    'p',
    { class: 'line' },
    name,
    ...game,
    ...sets,
    el('b', { class: 'score', 'data-side': side }, String(state.score[side])),
  );
}

function status({ status: name, period }) {
  const where = PERIODS[period] ?? period.replace('set-', 'set ').replace(/^q(\d)/, 'quarter $1').replace('ot', 'overtime ');
  return { live: where, break: `break after ${where}`, scheduled: 'not begun' }[name] ?? name;
}

/** What the clock of a match shows now (the service says how fast it runs and since when). */
function tick(match) {
  const { clock, kind, status: name } = match.message.state;
  if (name !== 'live' && name !== 'break') {
    setText(match.clock, '');
    return;
  }
  const since = clock.since ? instant(clock.since) : null;
  const passed = since === null ? 0 : (Math.max(0, Date.now() - since) * clock.rate) / 1000;
  const seconds = Math.min(clock.limit, clock.seconds + passed);
  setText(match.clock, kind === 'basketball' ? minutes(Math.max(0, clock.end - seconds)) : minutes(seconds));
}

function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function instant(value) {
  return typeof value === 'number' ? value * 1000 : Date.parse(value);
}

function describe({ event, clock }, state) {
  const team = state.fixture[event.team] ?? '';
  const text = EVENTS[event.kind]?.(event, team) ?? words(event.kind);
  return state.kind === 'soccer' ? `${Math.floor(clock / 60) + 1}′ ${text}` : text;
}

function by(what, ...more) {
  const rest = more.filter(Boolean).join(', ');
  return rest === '' ? what : `${what}: ${rest}`;
}

function words(text) {
  return text.replaceAll('-', ' ');
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
