import { expect, test } from 'vitest';
import { splitter } from '../../src/pages/lab/lines.ts';
import { stompFrames, stompText } from '../../src/pages/lab/stomp.ts';

test('a frame without a body', () => {
  expect(stompText('SUBSCRIBE', { id: '0', destination: '/topic/a:b' })).toBe(
    'SUBSCRIBE\nid:0\ndestination:/topic/a\\cb\n\n\0',
  );
  expect(stompText('CONNECT', { host: 'a:1' })).toBe('CONNECT\nhost:a:1\n\n\0');
});

test('several frames and heart-beats in a message', () => {
  const message = '\nRECEIPT\nreceipt-id:x\n\n\0\n\nMESSAGE\nname:a\\nb\nname:second\n\n{"a":\n1}\0\n';
  expect(stompFrames(message)).toEqual([
    { command: 'RECEIPT', headers: { 'receipt-id': 'x' }, body: '' },
    { command: 'MESSAGE', headers: { name: 'a\nb' }, body: '{"a":\n1}' },
  ]);
  expect(stompFrames('\n')).toEqual([]);
});

test('parts that come in pieces', () => {
  const parts: string[] = [];
  const take = splitter('\n\n', (part) => parts.push(part));
  ['a', 'b\n', '\nc\n\nd', '\n', '\n'].forEach(take);
  expect(parts).toEqual(['ab', 'c', 'd']);
});
