import { useTranslation } from 'react-i18next'
import { type Build, rebuild, showBuild } from '../../api/operations.ts'
import { Act } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { Failure } from '../../parts/states.tsx'
import { useAct } from './act.ts'

/** The read models of a service: what is shown, and what is being built beside it. */
export const Builds = ({ service, builds }: { service: string; builds: readonly Build[] }) => {
  const { t } = useTranslation()
  if (builds.length === 0) return null
  const byView = [...Map.groupBy(builds, (build) => build.view)]
  return (
    <details open={builds.some((build) => build.state === 'building')}>
      <summary>{t('operations.views')}</summary>
      <ul className="plain views">
        {byView.map(([view, all]) => (
          <li key={view} data-view={view}>
            <View service={service} view={view} builds={all} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const View = ({ service, view, builds }: { service: string; view: string; builds: readonly Build[] }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const start = useAct(() => rebuild(service, view))
  const active = builds.find((build) => build.state === 'active')
  const building = builds.filter((build) => build.state === 'building')
  return (
    <>
      <p>
        <code>{view}</code>{' '}
        {active && (
          <span className="quiet">
            {t('operations.versionOf', { version: active.version, since: moment(active.since, Intl.DateTimeFormat().resolvedOptions().timeZone) })}
          </span>
        )}
      </p>
      {building.map((build) => (
        <Growing key={build.schema} service={service} build={build} />
      ))}
      {building.length === 0 && (
        <Act permission="operations:act" unit={null} isBusy={start.isPending} onPress={() => start.mutate()}>
          {t('operations.rebuild')}
        </Act>
      )}
      {start.isError && <Failure error={start.error} />}
    </>
  )
}

const Growing = ({ service, build }: { service: string; build: Build }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const show = useAct(() => showBuild(service, build.view, build.schema))
  const { handled, known } = build
  return (
    <div className="growing" data-build={build.schema}>
      <label>
        <span className="quiet">{t('operations.handledOf', { handled: number(handled), known: number(known) })}</span>
        <progress max={Math.max(known, 1)} value={known === 0 ? 1 : handled} />
      </label>
      {build.held ? (
        <Act
          permission="operations:act"
          unit={null}
          className="primary"
          isBusy={show.isPending}
          not={handled < known ? t('operations.notCaughtUp') : null}
          onPress={() => show.mutate()}
        >
          {t('operations.show')}
        </Act>
      ) : (
        <p className="quiet">{t('operations.showsItself')}</p>
      )}
      {show.isError && <Failure error={show.error} />}
    </div>
  )
}
