import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Versions } from '@stomp/stompjs';
import { unique } from '../support/service.mjs';
import { Arrivals, as, client, within } from '../support/stomp.mjs';

/** The families that the test configures: `lab` keeps much and is open to signed-in users. */
const topic = () => `/topic/lab.${unique('stompjs')}`;

const queue = () => `/queue/${unique('stompjs')}`;

describe('@stomp/stompjs', { timeout: 240_000 }, () => {
  const opened = [];

  const open = (config) => {
    const one = client(config);
    opened.push(one);
    return one;
  };

  const alice = async (config = {}) => {
    const one = open({ connectHeaders: { ...as('alice'), ...config.connectHeaders }, ...without(config) });
    one.connected = await one.connect();
    return one;
  };

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });

  for (const version of ['1.0', '1.1', '1.2']) {
    test(`talks STOMP ${version}, with any characters in headers and body`, async () => {
      const one = await alice({ stompVersions: new Versions([version]) });
      assert.equal(one.connected.headers.version, version);
      assert.equal(one.connected.headers['user-name'], 'alice');
      const destination = topic();
      const { received } = await one.subscribe(destination);
      const body = 'Zwölf Boxkämpfer, 十二, 🔔\nand a second line';
      // The client escapes headers in 1.2 only, and undoes escapes one after the other: a backslash before c, n or r
      // is lost on its side.
      const title = version === '1.2' ? 'a:b\\x\nd, ü' : 'plain, ü';
      await one.send(destination, body, { title });
      const [message] = await received.count(1);
      assert.equal(message.body, body);
      assert.equal(message.headers.title, title);
      assert.equal(message.headers.destination, destination);
    });
  }

  test('learns from the RECEIPT where a subscription begins, and receives all that follows', async () => {
    const one = await alice();
    const destination = topic();
    await one.send(destination, 'before');
    const { received, receipt } = await one.subscribe(destination);
    assert.match(receipt.headers.position, /^[0-9a-z]+-1$/);
    for (let i = 0; i < 20; i++) {
      await one.send(destination, `after ${i}`);
    }
    const messages = await received.count(20);
    assert.deepEqual(
      messages.map((message) => message.body),
      Array.from({ length: 20 }, (_, i) => `after ${i}`),
    );
    const epoch = receipt.headers.position.split('-')[0];
    assert.deepEqual(
      messages.map((message) => message.headers['message-id']),
      Array.from({ length: 20 }, (_, i) => `${epoch}-${i + 2}`),
    );
  });

  test('receives binary bodies as they were sent', async () => {
    const one = await alice();
    const destination = topic();
    const { received } = await one.subscribe(destination);
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    await one.send(destination, bytes, { 'content-type': 'application/octet-stream' });
    const [message] = await received.count(1);
    assert.deepEqual(message.binaryBody, bytes);
    assert.equal(message.headers['content-type'], 'application/octet-stream');
    assert.ok(
      one.messages.at(-1).isBinary || one.messages.some(({ isBinary }) => isBinary),
      'a binary WebSocket message',
    );
  });

  test('exchanges heart-beats, and is closed when it forgets its own', async () => {
    const beats = { sent: new Arrivals(), received: new Arrivals() };
    const one = await alice({
      heartbeatIncoming: 500,
      heartbeatOutgoing: 500,
      debug: (text) => {
        if (text === '>>> PING') {
          beats.sent.add(text);
        } else if (text === '<<< PONG') {
          beats.received.add(text);
        }
      },
    });
    await Promise.all([beats.sent.count(3, 'heart-beats sent'), beats.received.count(3, 'heart-beats received')]);
    assert.equal(one.closes.all.length, 0);

    const silent = await alice({ heartbeatOutgoing: 500 });
    const socket = silent.stomp.webSocket;
    const { send } = socket;
    socket.send = (data) => data !== '\n' && send.call(socket, data);
    const [close] = await silent.closes.count(1, 'the end of a silent client');
    assert.deepEqual(close, { code: 4001, reason: 'heart-beat missed' });
  });

  test('is held back by its window until it acknowledges', async () => {
    const one = await alice();
    const destination = topic();
    const { received } = await one.subscribe(destination, { ack: 'client', 'prefetch-count': '2' });
    for (let i = 1; i <= 6; i++) {
      await one.send(destination, String(i));
    }
    // Everything is published; a message on another subscription overtakes what the window holds back.
    const other = await one.subscribe(destination, { replay: '1' });
    await other.received.count(1);
    assert.deepEqual(bodies(received), ['1', '2']);
    received.all.at(-1).ack();
    await received.count(4);
    received.all.at(-1).ack();
    await received.count(6);
    assert.deepEqual(bodies(received), ['1', '2', '3', '4', '5', '6']);
  });

  test('gets a message that another consumer gave back or left behind', async () => {
    const destination = queue();
    const [first, second, sender] = await Promise.all([alice(), alice(), alice()]);
    const headers = { ack: 'client-individual', 'prefetch-count': '1' };
    const one = await first.subscribe(destination, headers);
    await sender.send(destination, 'work');
    const [given] = await one.received.count(1);
    assert.equal(given.headers.redelivered, undefined);
    const two = await second.subscribe(destination, headers);
    given.nack();
    const [taken] = await two.received.count(1, 'the message that was given back');
    assert.equal(taken.body, 'work');
    assert.equal(taken.headers.redelivered, 'true');

    second.stomp.webSocket.terminate();
    const again = await one.received.count(2, 'the message that was left behind');
    assert.equal(again[1].body, 'work');
    const settled = first.receipt();
    again[1].ack({ receipt: settled.id });
    await settled.frame;
    assert.equal(one.received.all.length, 2);
  });

  test('publishes a transaction as a whole or not at all', async () => {
    const one = await alice();
    const destination = topic();
    const { received } = await one.subscribe(destination);
    const aborted = one.stomp.begin();
    await one.send(destination, 'never', { transaction: aborted.id });
    aborted.abort();
    const committed = one.stomp.begin();
    await one.send(destination, 'first', { transaction: committed.id });
    await one.send(destination, 'second', { transaction: committed.id });
    await one.send(destination, 'outside');
    committed.commit();
    await received.count(3);
    assert.deepEqual(bodies(received), ['outside', 'first', 'second']);
  });

  test('publishes once what is sent twice under one message-key', async () => {
    const one = await alice();
    const destination = topic();
    const { received } = await one.subscribe(destination);
    const key = unique('key');
    await one.send(destination, 'once', { 'message-key': key });
    await one.send(destination, 'once', { 'message-key': key });
    await one.send(destination, 'last');
    await received.until((all) => all.at(-1)?.body === 'last', 'the last message');
    assert.deepEqual(bodies(received), ['once', 'last']);
  });

  test('loses nothing and gets nothing twice while it is cut again and again', { timeout: 90_000 }, async () => {
    const cuts = 12;
    const destination = topic();
    const received = new Arrivals();
    const placements = new Arrivals();
    let resumeFrom;
    let sinceCut = 0;
    const take = (message) => {
      resumeFrom = message.headers['message-id'];
      received.add(message);
      sinceCut++;
      if (sinceCut === 50 && placements.all.length <= cuts) {
        follower.stomp.webSocket.terminate();
      }
    };
    const follower = open({
      connectHeaders: as('bob'),
      reconnectDelay: 10,
      onConnect: () => {
        const receipt = unique('receipt');
        follower.stomp.watchForReceipt(receipt, (frame) => {
          sinceCut = 0;
          resumeFrom ??= frame.headers.position;
          placements.add(frame.headers.recovered);
        });
        const from = resumeFrom === undefined ? {} : { 'resume-from': resumeFrom };
        follower.stomp.subscribe(destination, take, { id: 'followed', receipt, ...from });
      },
    });
    follower.stomp.activate();
    await placements.count(1, 'the first subscription');

    const publisher = await alice();
    let published = 0;
    // A few in flight, and nobody waits for the follower.
    const lane = async () => {
      while (placements.all.length <= cuts) {
        await publisher.send(destination, String(published++));
      }
    };
    await within(Promise.all([lane(), lane(), lane(), lane()]), `${cuts} cuts`);
    await received.until((all) => all.length >= published, `${published} messages`);

    assert.equal(received.all.length, published);
    assert.equal(new Set(bodies(received)).size, published, 'each message once');
    assert.deepEqual(
      received.all.map((message) => Number(message.headers['message-id'].split('-')[1])),
      Array.from({ length: published }, (_, i) => i + 1),
    );
    assert.ok(received.all.every((message) => message.headers.missed === undefined));
    assert.deepEqual(placements.all, [undefined, ...Array(cuts).fill('true')]);
  });

  test('is told when what it wants to continue from is gone', async () => {
    const one = await alice();
    const { receipt } = await one.subscribe(topic(), { 'resume-from': 'zz-7' });
    assert.equal(receipt.headers.recovered, 'false');
  });

  test('gets many frames in few messages with batch:true, and one by one without', async () => {
    const number = 300;
    const destination = topic();
    const publisher = await alice();
    await Promise.all(Array.from({ length: number }, (_, i) => publisher.send(destination, String(i))));

    const batching = await alice({ connectHeaders: { batch: 'true' } });
    assert.equal(batching.connected.headers.batch, 'true');
    const together = await batching.subscribe(destination, { replay: String(number) });
    await together.received.count(number);
    assert.deepEqual(
      bodies(together.received).sort(numerically),
      Array.from({ length: number }, (_, i) => String(i)),
    );
    assert.ok(batching.messages.length < number / 10, `${batching.messages.length} WebSocket messages`);

    const plain = await alice();
    assert.equal(plain.connected.headers.batch, undefined);
    const single = await plain.subscribe(destination, { replay: String(number) });
    await single.received.count(number);
    // CONNECTED and RECEIPT beside the messages.
    assert.equal(plain.messages.length, number + 2);
  });

  test('keeps its connection after a refusal with soft-errors:true', async () => {
    const one = await alice({ connectHeaders: { 'soft-errors': 'true' } });
    assert.equal(one.connected.headers['soft-errors'], 'true');
    await assert.rejects(one.subscribe('/topic/nobody-knows-this'), (refused) => {
      assert.equal(refused.headers.code, 'unknown-destination');
      assert.equal(refused.headers.fatal, 'false');
      return true;
    });
    await assert.rejects(one.send('/topic/nobody-knows-this', 'x'), /unknown-destination/);
    const destination = topic();
    const { received } = await one.subscribe(destination);
    await one.send(destination, 'still here');
    await received.count(1);
    assert.equal(one.closes.all.length, 0);
  });

  test('ends with ERROR and a close code when it is refused without soft-errors', async () => {
    const one = await alice();
    await assert.rejects(one.subscribe('/topic/nobody-knows-this'), /unknown-destination/);
    const [close] = await one.closes.count(1);
    assert.deepEqual(close, { code: 1008, reason: 'policy' });
    assert.equal(one.errors.all[0].headers.fatal, undefined);
  });

  test('is refused as a guest where only users may send', async () => {
    const guest = open({ connectHeaders: { 'soft-errors': 'true' } });
    const connected = await guest.connect();
    assert.match(connected.headers['user-name'], /^guest-/);
    await assert.rejects(guest.send(topic(), 'x'), /access-denied/);
  });

  test('is told of a wrong passcode, and that coming back will not help', async () => {
    const one = open({ connectHeaders: { login: 'alice', passcode: 'wrong' } });
    one.stomp.activate();
    const [error] = await one.errors.count(1);
    assert.equal(error.headers.code, 'login-failed');
    assert.doesNotMatch(error.headers.message, /exception/i);
    const [close] = await one.closes.count(1);
    assert.deepEqual(close, { code: 4004, reason: 'login failed' });
  });

  test('is told of a frame that is too big', async () => {
    const one = await alice();
    const refusal = one.send(topic(), 'x'.repeat(200_000));
    refusal.catch(() => {});
    const [error] = await one.errors.count(1);
    assert.equal(error.headers.code, 'too-large');
    const [close] = await one.closes.count(1);
    assert.deepEqual(close, { code: 1009, reason: 'too big' });
  });

  test('says goodbye with a receipt, and the connection ends cleanly', async () => {
    const one = await alice();
    const farewell = new Promise((resolve) => {
      one.stomp.onDisconnect = resolve;
    });
    one.stomp.deactivate();
    const receipt = await within(farewell, 'the RECEIPT of DISCONNECT');
    assert.equal(receipt.command, 'RECEIPT');
    const [close] = await one.closes.count(1);
    // Both sides close now; if the client is first, it gives no code.
    assert.ok(close.code === 1000 || close.code === 1005, `${close.code}`);
  });
});

function without({ connectHeaders: _, ...rest }) {
  return rest;
}

function bodies(received) {
  return received.all.map((message) => message.body);
}

function numerically(a, b) {
  return a - b;
}
