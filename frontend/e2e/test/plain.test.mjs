import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { waitBefore } from '../../../src/main/resources/static/plain/back-off.js';
import { closeCode } from '../../../src/main/resources/static/plain/close-codes.js';
import { framesOf } from '../../../src/main/resources/static/plain/frames.js';
import { Ledger } from '../../../src/main/resources/static/plain/ledger.js';

/** The parts of the page that need no browser. */
describe('The ledger of a subscription', () => {
  test('knows what comes twice', () => {
    const ledger = new Ledger();
    assert.equal(ledger.take('a-1'), true);
    assert.equal(ledger.take('a-2'), true);
    assert.equal(ledger.take('a-2'), false);
    assert.equal(ledger.take('a-1'), false);
    assert.deepEqual([ledger.received, ledger.doubled, ledger.missed], [2, 2, 0]);
  });

  test('counts what was left out, whether it was told or not', () => {
    const told = new Ledger();
    told.take('a-1');
    told.take('a-5', '2-4');
    assert.equal(told.missed, 3);
    const untold = new Ledger();
    untold.take('a-1');
    untold.take('a-5');
    assert.equal(untold.missed, 3);
  });

  test('counts from where the service has placed it', () => {
    const ledger = new Ledger();
    ledger.placed('a-7');
    ledger.take('a-9');
    assert.equal(ledger.missed, 1);
  });

  test('continues each topic by itself and forgets those that are over', () => {
    const ledger = new Ledger();
    ledger.take('a-3');
    ledger.take('b-1');
    ledger.take('a-4');
    assert.deepEqual(new Set(ledger.resumeFrom.split(',')), new Set(['a-4', 'b-1']));
    ledger.placed('a-4,c-0');
    assert.deepEqual(new Set(ledger.resumeFrom.split(',')), new Set(['a-4', 'c-0']));
    assert.equal(ledger.take('c-1'), true);
    assert.equal(ledger.missed, 0);
  });

  test('remembers a bounded number of topics, those heard of last', () => {
    const ledger = new Ledger();
    for (let i = 0; i < 500; i++) {
      ledger.take(`e${i.toString(36)}-1`);
    }
    assert.equal(ledger.topics, 200);
    assert.ok(ledger.resumeFrom.endsWith(`e${(499).toString(36)}-1`));
  });

  test('takes answers that belong to no log', () => {
    const ledger = new Ledger();
    assert.equal(ledger.take('answer-1'), true);
    assert.equal(ledger.take('answer-1'), true);
    assert.equal(ledger.resumeFrom, '');
  });
});

describe('The reader of frames', () => {
  test('finds several frames in one message', () => {
    const frames = framesOf('\nRECEIPT\nreceipt-id:1\n\n\0\nMESSAGE\ndestination:/topic/a\nx:a\\cb\n\nhü\0\n');
    assert.deepEqual(
      frames.map(({ command, headers, size }) => [command, headers, size]),
      [
        ['RECEIPT', { 'receipt-id': '1' }, 23],
        ['MESSAGE', { destination: '/topic/a', x: 'a:b' }, 41],
      ],
    );
  });

  test('knows a heart-beat', () => {
    assert.deepEqual(
      framesOf('\n').map(({ command, size }) => [command, size]),
      [['heart-beat', 1]],
    );
  });

  test('shows no passcode', () => {
    const [connect] = framesOf('CONNECT\nlogin:alice\npasscode:se:cret\n\n\0');
    assert.match(connect.text, /login:alice/);
    assert.equal(connect.text.includes('se:cret'), false);
    const [byTicket] = framesOf('CONNECT\nticket:abc123\n\n\0');
    assert.equal(byTicket.text.includes('abc123'), false);
  });

  test('keeps the first of repeated headers', () => {
    assert.equal(framesOf('MESSAGE\nfoo:1\nfoo:2\n\n\0')[0].headers.foo, '1');
  });

  test('reads binary messages', () => {
    const [frame] = framesOf(new TextEncoder().encode('MESSAGE\na:b\n\nx\0').buffer);
    assert.equal(frame.command, 'MESSAGE');
    assert.equal(frame.headers.a, 'b');
  });
});

describe('The way back', () => {
  test('waits longer each time, up to a bound, and never the same', () => {
    const lost = closeCode(1006);
    assert.equal(
      waitBefore(lost, 0, () => 0),
      0,
    );
    assert.equal(
      waitBefore(lost, 0, () => 1),
      500,
    );
    assert.equal(
      waitBefore(lost, 3, () => 1),
      4000,
    );
    assert.equal(
      waitBefore(lost, 30, () => 1),
      15_000,
    );
    assert.equal(
      waitBefore(lost, 3, () => 0.5),
      2000,
    );
  });

  test('does what the close code says', () => {
    assert.equal(
      waitBefore(closeCode(4004), 0, () => 1),
      null,
    );
    assert.equal(
      waitBefore(closeCode(1012), 0, () => 0),
      2000,
    );
    assert.notEqual(
      waitBefore(closeCode(4999), 0, () => 1),
      null,
    );
  });
});
