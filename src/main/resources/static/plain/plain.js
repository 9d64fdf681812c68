import { Chat } from './chat.js';
import { byId, duration, setText } from './dom.js';
import { Inspector } from './inspector.js';
import { Link } from './link.js';
import { Quotes } from './quotes.js';
import { Recovery } from './recovery.js';
import { Scores } from './scores.js';
import { signedIn } from './sign-in.js';

const GUEST = { login: '' };

const link = new Link();
const chat = new Chat(link);
let directMessages = null;
let waitingUntil = 0;
let isPasscodeInUse = false;

new Inspector(link);
new Recovery(link);
chat.enter();
new Quotes(link);
new Scores(link);

byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  const login = byId('login').value.trim();
  if (login === '') {
    refuse('Enter a name, or stay a guest.');
    byId('login').focus();
    return;
  }
  enter({ login, passcode: byId('passcode').value });
  isPasscodeInUse = true;
});
byId('guest').addEventListener('click', () => enter(GUEST));
byId('disconnect').addEventListener('click', () => link.disconnect());
byId('cut').addEventListener('click', () => link.cut(Number(byId('cut-seconds').value) * 1000));

link.addEventListener('state', ({ detail }) => {
  waitingUntil = detail.until ?? 0;
  byId('cut').disabled = detail.state !== 'connected';
  byId('disconnect').disabled = detail.state === 'disconnected';
  byId('state').dataset.state = detail.state;
  showState();
  if (detail.state === 'connected') {
    refuse('');
    if (isPasscodeInUse) {
      byId('passcode').value = '';
      isPasscodeInUse = false;
    }
  }
});
link.addEventListener('refused', ({ detail: { refusal, fatal, expected } }) => {
  if (refusal.code === 'login-failed') {
    refuse(`${refusal.message}. This page does not try again by itself: the same words would be refused again.`);
    byId('passcode').select();
    byId('passcode').focus();
  } else if (fatal || !expected) {
    refuse(`${refusal.message} (${refusal.code})`);
  }
});
addEventListener('online', () => link.hurry());
setInterval(showState, 250);

// Somebody who loads the page again is still signed in.
signedIn().then(
  ({ login, demo }) => {
    byId('demo-users').hidden = !demo;
    enter({ login });
  },
  () => enter(GUEST),
);

function enter(who) {
  refuse('');
  isPasscodeInUse = false;
  directMessages?.unsubscribe();
  directMessages = null;
  link.connect(who, { transport: byId('transport').value, batch: byId('batch').checked });
  chat.forgetPerson();
  if (who.login !== '') {
    directMessages = chat.followDirect();
  }
}

function showState() {
  const words = {
    disconnected: 'Not connected',
    connecting: 'Connecting …',
    connected: link.isSignedIn ? `Connected as ${link.userName}` : 'Connected as a guest',
    waiting: `Cut, back in ${duration(waitingUntil - Date.now())}`,
  };
  setText(byId('state-text'), words[link.state]);
}

function refuse(text) {
  byId('refusal').hidden = text === '';
  setText(byId('refusal'), text);
}
