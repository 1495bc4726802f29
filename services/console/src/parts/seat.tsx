import { useTranslation } from 'react-i18next'
import type { Row } from '../api/read.ts'

/** A seat on a shift, or which one on its waitlist somebody is. */
export const Seat = ({ signUp: { line } }: { signUp: Row<'/sign-ups'> }) => {
  const { t } = useTranslation()
  return <span className={line === null ? 'chip good' : 'chip wait'}>{line === null ? t('seat.seated') : t('seat.line', { place: line })}</span>
}

/** Has somebody a seat or a place on the waitlist, which was not given back? */
export const isOn = (signUp: Row<'/sign-ups'> | undefined): signUp is Row<'/sign-ups'> => signUp?.seat === 'seated' || signUp?.seat === 'waiting'
