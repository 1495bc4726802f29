import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { providerAddress, type Session, signIn, waysToSignIn } from '../api/session.ts'
import { Failure } from '../parts/states.tsx'

type Props = {
  /** The page to come back to from the identity provider. */
  readonly to: string
  readonly account?: string | undefined
  readonly onEntered: (session: Session) => void
}

/** The ways to sign in that this installation offers. */
export const SignInForm = ({ to, account, onEntered }: Props) => {
  const { t } = useTranslation()
  const ways = useQuery(waysToSignIn)
  return (
    <>
      {ways.isError && <Failure error={ways.error} onRetry={() => ways.refetch()} />}
      {ways.data?.oidc && (
        <a className="button primary wide" href={providerAddress(to)}>
          {t('signIn.provider')}
        </a>
      )}
      {ways.data?.oidc && ways.data.password && <p className="or">{t('signIn.or')}</p>}
      {ways.data?.password && <PasswordForm account={account} onEntered={onEntered} />}
    </>
  )
}

const PasswordForm = ({ account, onEntered }: Pick<Props, 'account' | 'onEntered'>) => {
  const { t } = useTranslation()
  const entering = useMutation({ mutationFn: signIn, onSuccess: onEntered })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    entering.mutate({ account: String(given.get('account')).trim(), password: String(given.get('password')) })
  }
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('signIn.account')}</span>
        <input
          className="input"
          name="account"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={100}
          defaultValue={account}
          readOnly={account !== undefined}
        />
      </label>
      <label className="field">
        <span>{t('signIn.password')}</span>
        <input className="input" name="password" type="password" autoComplete="current-password" required maxLength={200} />
      </label>
      {entering.isError && <Failure error={entering.error} />}
      <button type="submit" className="button primary wide" disabled={entering.isPending}>
        {t(entering.isPending ? 'signIn.busy' : 'signIn.enter')}
      </button>
    </form>
  )
}
