import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandName, Given } from '../../api/command.ts'
import { commands } from '../../api/generated/commands.ts'
import type { Commands } from '../../api/generated/schema.ts'
import { type InputFault, isForeign, Problem } from '../../api/problem.ts'
import { type Session, session } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act } from '../act.tsx'
import { Failure, Loading } from '../states.tsx'
import { inputOf } from './command-input.ts'
import { bodyOf, type Draft, draftOf, isGroup, withAt } from './draft.ts'
import { Field } from './fields.tsx'
import { FormContext } from './form-parts.ts'
import type { Choices } from './input.tsx'
import { useKeptDraft } from './kept-draft.ts'
import { fieldsOf, type Schema } from './schema.ts'
import { type Seen, Stale } from './stale.tsx'

type Body<C extends CommandName> = Commands[C]['body']
type Path<C extends CommandName> = Record<never, never> extends Commands[C]['path'] ? { readonly path?: undefined } : { readonly path: Commands[C]['path'] }

/** Fields of a body that the page knows; undefined = neither sent nor asked for. */
export type GivenFields<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined }

type Props<C extends CommandName> = Path<C> & Common<C>
type Common<C extends CommandName> = {
  readonly command: C
  /** What the page knows already: it is sent, and not asked for. */
  readonly given?: GivenFields<Body<C>>
  /** What the fields begin with. */
  readonly initial?: Partial<Body<C>>
  /** What was seen of the aggregate: where it has changed since, the person is shown what, and may go on. */
  readonly seen?: Seen | undefined
  readonly choices?: { readonly [Name in keyof Body<C>]?: Choices }
  /** Of the campus: moments are typed in it. */
  readonly timeZone: string
  /** The words of the button. */
  readonly submit: string
  /** Asks why, for the audit trail. */
  readonly withReason?: boolean
  readonly onDone?: (answer: Commands[C]['answer']) => unknown
  readonly onCancel?: () => void
  /** What follows from what is filled in so far; fields that are half finished may be missing in it. */
  readonly beside?: (body: Partial<Body<C>>) => ReactNode
  readonly children?: ReactNode
}

/** The form of a command, made from what the API says about it: a field more there is a field more here. */
export const CommandForm = <C extends CommandName>(props: Props<C>) => {
  const writer = useQueryClient().getQueryData<Session | null>(session.queryKey)?.account
  const input = useQuery({ queryKey: ['input', props.command], staleTime: Number.POSITIVE_INFINITY, queryFn: () => inputOf(props.command) })
  if (input.isError) return <Failure error={input.error} onRetry={() => input.refetch()} />
  if (input.isPending) return <Loading />
  const name = draftName(writer, props.command, props.path, props.given ?? {})
  return <Form<C> key={name} name={name} {...(props as Common<C> & { path?: object })} schema={input.data} />
}

const Form = <C extends CommandName>(props: Common<C> & { readonly path?: object; readonly schema: Schema; readonly name: string }) => {
  const { schema, command, given = {}, initial = {}, timeZone, choices, withReason = false } = props
  const { t } = useTranslation()
  const id = useId()
  const element = useRef<HTMLFormElement>(null)
  const first = useMemo(() => draftOf(schema, '', initial, timeZone), [schema, initial, timeZone])
  const path = props.path as Record<string, unknown> | undefined
  const { draft, isKept, change, forget } = useKeptDraft(props.name, first)
  const [reason, setReason] = useState('')
  const { seen, lookAgain } = useSeen(props.seen)
  const { run, isBusy, error, reset } = useCommand(command, {
    onDone: (answer) => {
      forget()
      return props.onDone?.(answer)
    },
  })
  const fields = fieldsOf(schema, given)
  const faults = useFaults(error, fields, element)
  const send = (version: number | undefined): void =>
    void run({
      path: props.path,
      body: fields.length === 0 && Object.keys(given).length === 0 ? {} : bodyOf(schema, given, draft, timeZone),
      version,
      reason,
    } as unknown as Given<C>)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    send(seen?.version)
  }
  const isStale = error instanceof Problem && error.code === 'stale-version'
  const parts = useMemo(
    () => ({ id, command, timeZone, faults: faults.shown, change: (at: readonly string[], value: Draft) => change(withAt(draft, at, value)) }),
    [id, command, timeZone, faults.shown, change, draft],
  )
  return (
    <FormContext value={parts}>
      <form className="form command-form" ref={element} onSubmit={submit} noValidate aria-busy={isBusy}>
        {props.children}
        {isKept && !isBusy && <Kept onForget={() => forget()} />}
        {fields.map(([name, inner, required]) => (
          <Field
            key={name}
            schema={inner}
            name={name}
            path={[name]}
            draft={isGroup(draft) ? draft[name] : undefined}
            required={required}
            choices={choices?.[name as keyof Body<C>]}
          />
        ))}
        {props.beside?.(bodyOf(schema, given, draft, timeZone) as Partial<Body<C>>)}
        {withReason && (
          <label className="field">
            <span>{t('form.optional', { name: t('form.reason') })}</span>
            <input className="input" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </label>
        )}
        {isStale && seen && <Stale command={command} path={path ?? {}} seen={seen} timeZone={timeZone} onGoOn={send} onGiveUp={() => lookAgain(reset)} />}
        {error && !(isStale && seen) && (faults.shown.length === 0 || faults.others.length > 0) && (
          <Failure error={error} onRetry={() => send(seen?.version)} />
        )}
        {faults.shown.length > 0 && (
          <p className="fault" role="alert">
            {t('form.faults', { count: faults.shown.length })}
          </p>
        )}
        <div className="buttons">
          <Act permission={commands[command].permission} unit={unitIn(given) ?? unitIn(draft)} isBusy={isBusy} onPress={null} className="primary">
            {isBusy ? t('form.busy') : props.submit}
          </Act>
          {props.onCancel && (
            <button type="button" className="button" onClick={props.onCancel}>
              {t('form.cancel')}
            </button>
          )}
        </div>
      </form>
    </FormContext>
  )
}

/** Where it would be done, as far as that is said in the form itself. */
const unitIn = (said: unknown): string | null => {
  const { unit } = (said ?? {}) as { readonly unit?: unknown }
  return typeof unit === 'string' && unit !== '' ? unit : null
}

/** Whose draft, of what, about which record: what was begun for one is not offered for another. */
const draftName = (writer: string | undefined, command: string, path: object | undefined, given: object): string =>
  [writer, command, ...Object.values(path ?? {}), ...Object.values(given).flatMap(namesIn)].join('.')

/** What a page gives names it by ids: of itself, or within what it is about. */
const namesIn = (value: unknown): readonly string[] =>
  (typeof value === 'object' && value !== null ? Object.values(value) : [value]).filter((each) => typeof each === 'string')

/** What was seen when the form was opened: the page around it goes on following others' changes, which the person at the form has not looked at. */
const useSeen = (latest: Seen | undefined): { readonly seen: Seen | undefined; readonly lookAgain: (then: () => void) => void } => {
  const [kept, setKept] = useState(latest)
  if (kept === undefined && latest !== undefined) setKept(latest)
  return {
    seen: kept ?? latest,
    lookAgain: (then) => {
      setKept(latest)
      then()
    },
  }
}

/** Half written before: it is there again, and may be thrown away. */
const Kept = ({ onForget }: { onForget: () => void }) => {
  const { t } = useTranslation()
  return (
    <p className="kept quiet">
      {t('form.kept')}{' '}
      <button type="button" className="bare link" onClick={onForget}>
        {t('form.forget')}
      </button>
    </p>
  )
}

/** The faults that belong to fields that are here, and the others; the first field that has one takes the focus. */
const useFaults = (error: unknown, fields: ReturnType<typeof fieldsOf>, form: { current: HTMLFormElement | null }) => {
  const { i18n } = useTranslation()
  const told = useMemo(() => {
    const all: readonly InputFault[] = error instanceof Problem && !isForeign(error, i18n.language) ? error.faults : []
    const isHere = ({ pointer }: InputFault): boolean => fields.some(([name]) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))
    return { shown: all.filter(isHere), others: all.filter((fault) => !isHere(fault)) }
  }, [error, fields, i18n.language])
  useEffect(() => {
    if (error instanceof Problem && error.faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [error, form])
  return told
}
