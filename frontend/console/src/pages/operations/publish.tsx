import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { client } from '../../connection.ts';
import { explain } from '../../toasts.ts';
import { t } from './messages.ts';
import type { PartProps } from './page.tsx';

/** Publishes a message, as far as the rule of its topic lets operators. */
export function Publish({ segments }: PartProps): JSX.Element {
  const destination = useSignal(segments[0] ?? '/topic/notices.all');
  const body = useSignal('{"text": "Hello"}');
  const type = useSignal<'json' | 'text'>('json');
  const isBusy = useSignal(false);
  const done = useSignal<string | undefined>(undefined);
  const refused = useSignal<string | undefined>(undefined);
  const publish = async (): Promise<void> => {
    done.value = undefined;
    refused.value = undefined;
    if (type.value === 'json') {
      try {
        JSON.parse(body.value);
      } catch (error) {
        refused.value = t('publish.bad-json', { reason: error instanceof Error ? error.message : '' });
        return;
      }
    }
    isBusy.value = true;
    try {
      const contentType = type.value === 'json' ? 'application/json' : 'text/plain;charset=UTF-8';
      const request = [{ destination: destination.value.trim(), body: body.value, contentType }];
      const [result] = await client.value.http<readonly Result[]>({
        method: 'POST',
        path: '/api/publish',
        body: request,
      });
      if (result?.position !== undefined) {
        done.value = t('publish.done', { position: result.position });
      } else if (result?.detail !== undefined) {
        refused.value = result.detail;
      } else {
        done.value = t('publish.done.nowhere');
      }
    } catch (error) {
      refused.value = explain(error);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <form
      class="card form publish"
      aria-label={t('tab.publish')}
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <label class="field">
        <span>{t('publish.destination')}</span>
        <input
          class="code"
          name="destination"
          required
          spellcheck={false}
          autocapitalize="none"
          value={destination.value}
          onInput={({ currentTarget }) => (destination.value = currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t('publish.type')}</span>
        <select
          name="type"
          value={type.value}
          onChange={({ currentTarget }) => (type.value = currentTarget.value === 'json' ? 'json' : 'text')}
        >
          <option value="json">{t('publish.json')}</option>
          <option value="text">{t('publish.text')}</option>
        </select>
      </label>
      <label class="field">
        <span>{t('publish.body')}</span>
        <textarea
          class="code"
          name="body"
          rows={6}
          spellcheck={false}
          value={body.value}
          onInput={({ currentTarget }) => (body.value = currentTarget.value)}
        />
      </label>
      <div class="actions">
        <button type="submit" class="primary" disabled={isBusy.value}>
          {t(isBusy.value ? 'publish.busy' : 'publish.send')}
        </button>
      </div>
      <div role="status">
        {done.value !== undefined && <p class="notice">{done.value}</p>}
        {refused.value !== undefined && <p class="notice bad">{refused.value}</p>}
      </div>
      <p class="hint">{t('publish.hint', { name: '…' })}</p>
    </form>
  );
}

/** What became of one message of a list. */
interface Result {
  readonly position?: string;
  readonly detail?: string;
}
