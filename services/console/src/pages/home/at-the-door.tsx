import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { Qr } from '../../parts/qr.tsx'

/** Two ways to be counted: the code that the screen shows, typed here; or the own code, shown to who stands at the door. */
export const AtTheDoor = ({ activity, person, onClose }: { activity: Row<'/registrations'>; person: string | null; onClose: () => void }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  return (
    <Dialog title={label(activity.title)} onClose={onClose}>
      <CommandForm command="checkInByCode" given={{ activity: activity.id }} timeZone={timeZone} submit={t('home.door.send')} onDone={onClose}>
        <p>{t('home.door.code')}</p>
      </CommandForm>
      {person !== null && (
        <div className="own-code">
          <p>{t('home.door.own')}</p>
          <Qr text={person} label={t('home.door.qr')} />
          <code>{person}</code>
        </div>
      )}
    </Dialog>
  )
}
