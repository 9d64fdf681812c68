import { newKey, scores, type MatchState, type Sport } from '@carillon/client';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { client } from '../../connection.ts';
import { hasRole } from '../../session.ts';
import { complain, explain } from '../../toasts.ts';
import { eventOf, fieldOf, fieldsOf, kindsFor, type Field } from './desk.ts';
import { t } from './messages.ts';

type Values = Readonly<Record<string, string>>;
type Key = Parameters<typeof t>[0];

/** What was refused, and at which field that is shown. */
interface Refused {
  readonly field: string | undefined;
  readonly text: string;
}

/** Where scorers report what happens. */
export function Desk({ match, state }: { readonly match: string; readonly state: MatchState }): JSX.Element {
  const chosen = useSignal<string | undefined>(undefined);
  const values = useSignal<Values>({});
  const refused = useSignal<Refused | undefined>(undefined);
  const done = useSignal<number | undefined>(undefined);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const kinds = kindsFor(state);

  if (!hasRole('SCORER')) {
    return <p class="hint desk-hint">{t('desk.guest')}</p>;
  }
  const kind = chosen.value !== undefined && kinds.includes(chosen.value) ? chosen.value : kinds[0];
  if (kind === undefined) {
    return (
      <section class="card" aria-label={t('desk')}>
        <p class="hint">{t('desk.over')}</p>
      </section>
    );
  }
  const fields = fieldsOf(state.kind, kind);
  const report = async (): Promise<void> => {
    const clock = values.value['clock'] ?? '';
    const event = eventOf(state.kind, kind, values.value);
    isBusy.value = true;
    refused.value = undefined;
    done.value = undefined;
    try {
      const options = { key: newKey(), ...(clock === '' ? {} : { clock: Number(clock) }) };
      done.value = (await scores(client.value).report(match, event, options)).number;
      // The team stays: what follows is often its doing as well.
      values.value = { team: values.value['team'] ?? 'home' };
    } catch (error) {
      const names = [...fields.map(({ name }) => name), 'clock'];
      const field = fieldOf(error, names, values.value);
      refused.value = { field, text: error instanceof Error ? error.message : explain(error) };
      form.current?.querySelector<HTMLElement>(`[name="${field ?? 'kind'}"]`)?.focus();
    } finally {
      isBusy.value = false;
    }
  };
  const change = (name: string, value: string): void => {
    values.value = { ...values.value, [name]: value };
    if (refused.value?.field === name) {
      refused.value = undefined;
    }
  };
  return (
    <section class="card desk" aria-labelledby="desk-title">
      <h2 id="desk-title">{t('desk')}</h2>
      <form
        ref={form}
        class="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void report();
        }}
      >
        <label class="field">
          <span>{t('desk.what')}</span>
          <select
            name="kind"
            value={kind}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value;
              refused.value = undefined;
            }}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}` as Key)}
              </option>
            ))}
          </select>
        </label>
        {fields.map((field) => (
          <Input
            key={`${kind} ${field.name}`}
            field={field}
            state={state}
            value={values.value[field.name] ?? ''}
            refused={refused.value?.field === field.name ? refused.value.text : undefined}
            onChange={(value) => change(field.name, value)}
          />
        ))}
        <Input
          field={{ name: 'clock', type: 'number' }}
          label={t('desk.clock')}
          state={state}
          value={values.value['clock'] ?? ''}
          refused={refused.value?.field === 'clock' ? refused.value.text : undefined}
          onChange={(value) => change('clock', value)}
        />
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy.value}>
            {t(isBusy.value ? 'desk.busy' : 'desk.report')}
          </button>
        </div>
      </form>
      <div role="status">
        {refused.value !== undefined && refused.value.field === undefined && (
          <p class="notice bad" data-refused="form">
            {refused.value.text}
          </p>
        )}
        {done.value !== undefined && <p class="hint">{t('desk.done', { number: done.value })}</p>}
      </div>
    </section>
  );
}

function Input(props: {
  readonly field: Field;
  readonly label?: string;
  readonly state: MatchState;
  readonly value: string;
  readonly refused: string | undefined;
  readonly onChange: (value: string) => void;
}): JSX.Element {
  const { field, state, value, refused, onChange } = props;
  const id = useId();
  const name = props.label ?? t(`field.${field.name}` as Key);
  const label = field.isOptional === true ? t('field.optional', { name }) : name;
  const invalid = refused === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': id };
  return (
    <div class="field" data-field={field.name}>
      {field.type === 'team' ? (
        <fieldset class="teams" {...invalid}>
          <legend>{label}</legend>
          {(['home', 'away'] as const).map((side) => (
            <label key={side}>
              <input
                type="radio"
                name={field.name}
                value={side}
                checked={value === side}
                onChange={() => onChange(side)}
              />
              <span>{state.fixture[side]}</span>
            </label>
          ))}
        </fieldset>
      ) : field.type === 'flag' ? (
        <label class="check">
          <input
            type="checkbox"
            name={field.name}
            checked={value === 'true'}
            onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
            {...invalid}
          />
          {label}
        </label>
      ) : (
        <label class="field">
          <span>{label}</span>
          {field.type === 'choice' ? (
            <select
              name={field.name}
              value={value}
              onChange={({ currentTarget }) => onChange(currentTarget.value)}
              {...invalid}
            >
              {field.choices?.map((choice, i) => (
                <option key={choice} value={i === 0 ? '' : choice}>
                  {field.name === 'points' ? choice : t(`how.${choice}` as Key)}
                </option>
              ))}
            </select>
          ) : (
            <input
              name={field.name}
              value={value}
              inputMode={field.type === 'number' ? 'numeric' : 'text'}
              autocomplete="off"
              onInput={({ currentTarget }) => onChange(currentTarget.value)}
              {...invalid}
            />
          )}
        </label>
      )}
      {refused !== undefined && (
        <p id={id} class="refused" role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}

/** Takes an event back, after a question. */
export function Withdraw(props: {
  readonly match: string;
  readonly number: number;
  readonly what: string;
}): JSX.Element {
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const { match, number, what } = props;
  const withdraw = async (): Promise<void> => {
    isBusy.value = true;
    try {
      await scores(client.value).withdraw(match, number);
    } catch (error) {
      complain(error);
    } finally {
      isBusy.value = false;
      isAsking.value = false;
    }
  };
  if (!isAsking.value) {
    return (
      <button
        type="button"
        class="quiet small timeline-act"
        aria-label={t('desk.withdraw.of', { number, what })}
        onClick={() => (isAsking.value = true)}
      >
        {t('desk.withdraw')}
      </button>
    );
  }
  return (
    <span class="timeline-ask" role="group" aria-label={t('desk.sure')}>
      <button
        type="button"
        class="small danger"
        disabled={isBusy.value}
        ref={(button) => button?.focus()}
        onClick={() => void withdraw()}
      >
        {t('desk.yes')}
      </button>
      <button type="button" class="small" disabled={isBusy.value} onClick={() => (isAsking.value = false)}>
        {t('desk.no')}
      </button>
    </span>
  );
}

/** Opens a match. */
export function Opening({ onOpened }: { readonly onOpened: (match: string) => void }): JSX.Element {
  const values = useSignal<Values>({ kind: 'soccer', home: '', away: '', rate: '1' });
  const refused = useSignal<Refused | undefined>(undefined);
  const isBusy = useSignal(false);
  const id = useId();
  const submit = async (): Promise<void> => {
    const { kind = 'soccer', home = '', away = '', rate = '1' } = values.value;
    isBusy.value = true;
    refused.value = undefined;
    try {
      const fixture = { kind: kind as Sport, home, away, rate: Number(rate) };
      onOpened((await scores(client.value).create({ fixture })).match);
    } catch (error) {
      const field = fieldOf(error, ['home', 'away', 'rate'], values.value);
      refused.value = { field, text: error instanceof Error ? error.message : explain(error) };
      isBusy.value = false;
    }
  };
  const input = (name: 'home' | 'away' | 'rate'): JSX.Element => (
    <label class="field">
      <span>{t(`create.${name}`)}</span>
      <input
        name={name}
        value={values.value[name]}
        inputMode={name === 'rate' ? 'decimal' : 'text'}
        autocomplete="off"
        aria-invalid={refused.value?.field === name}
        aria-describedby={refused.value?.field === name ? id : undefined}
        onInput={({ currentTarget }) => (values.value = { ...values.value, [name]: currentTarget.value })}
      />
      {refused.value?.field === name && (
        <span id={id} class="refused" role="alert">
          {refused.value.text}
        </span>
      )}
    </label>
  );
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field">
        <span>{t('create.sport')}</span>
        <select
          value={values.value['kind']}
          onChange={({ currentTarget }) => (values.value = { ...values.value, kind: currentTarget.value })}
        >
          {(['soccer', 'basketball', 'tennis'] as const).map((sport) => (
            <option key={sport} value={sport}>
              {t(`sport.${sport}`)}
            </option>
          ))}
        </select>
      </label>
      {input('home')}
      {input('away')}
      {input('rate')}
      {refused.value !== undefined && refused.value.field === undefined && (
        <p class="notice bad" role="alert">
          {refused.value.text}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="primary" disabled={isBusy.value}>
          {t('create.submit')}
        </button>
      </div>
    </form>
  );
}
