import { expect, test } from 'vitest';
import { headSize, responseHeadSize, switchingSize, type SeenHead } from '../../src/pages/lab/heads.ts';
import { Meter, quantile, total, utf8Length } from '../../src/pages/lab/meter.ts';

test('costs add up', () => {
  const meter = new Meter();
  meter.spend({ requests: 1, headersOut: 400 });
  meter.spend({ headersIn: 200, payloadIn: 50, useful: 40 });
  meter.spend({ payloadOut: 3 });
  expect(meter.cost).toEqual({
    requests: 1,
    headersOut: 400,
    headersIn: 200,
    payloadOut: 3,
    payloadIn: 50,
    useful: 40,
  });
  expect(total(meter.cost)).toBe(653);
});

test('the rate is that of the last ten seconds', () => {
  const meter = new Meter();
  meter.begin(0);
  for (let at = 100; at <= 20_000; at += 100) {
    meter.arrive(at, 1);
  }
  expect(meter.rate(20_000)).toBeCloseTo(10);
  expect(meter.rate(25_000)).toBeCloseTo(5);
  expect(meter.rate(40_000)).toBe(0);
});

test('the rate of a beginning is over the time that there was', () => {
  const meter = new Meter();
  meter.begin(1000);
  meter.arrive(2000, 1);
  meter.arrive(2500, 1);
  expect(meter.rate(1500)).toBe(0);
  expect(meter.rate(3000)).toBeCloseTo(1);
});

test('what is not news has no delay', () => {
  const meter = new Meter();
  meter.arrive(1, undefined);
  expect(meter.takeFresh()).toBeUndefined();
  meter.arrive(2, 10);
  meter.arrive(3, 20);
  expect(meter.takeFresh()).toBe(15);
  expect(meter.takeFresh()).toBeUndefined();
  expect(meter.delays).toEqual([10, 20]);
});

test('quantiles', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.95)).toBe(4);
});

test.each(['', 'plain', 'Käse', '汉字', '🔔 bell', 'mixed é 汉 🔔'])('the length of %s in UTF-8', (text) => {
  expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
});

const SEEN: SeenHead = {
  line: 'GET /api/echo HTTP/1.1',
  headers: [
    { name: 'Host', value: 'localhost', size: 'Host: localhost\r\n'.length },
    { name: 'Accept', value: '*/*', size: 'Accept: */*\r\n'.length },
  ],
  others: 0,
  size: 'GET /api/echo HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n'.length,
};

test('the head of another request differs by path, method and headers', () => {
  const head =
    'POST /api/messages?a=b HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Length: 5\r\n\r\n';
  const headers = { accept: 'text/event-stream', 'Content-Length': '5' };
  expect(headSize(SEEN, '/api/echo', '/api/messages?a=b', 'POST', headers)).toBe(head.length);
});

test('the head of an answer is as long as its text', () => {
  const headers = new Headers({ 'Content-Type': 'text/plain', 'Content-Length': '2' });
  const text = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n';
  expect(responseHeadSize({ status: 200, statusText: 'OK', headers })).toBe(text.length);
});

test('the answer to a handshake is as long as its text', () => {
  const text =
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n';
  expect(switchingSize('v12.stomp')).toBe(text.length);
});
