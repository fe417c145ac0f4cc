import { useId, useState } from 'react';
import type { Role } from '@/api/types';
import { roleName } from '@/lib/permissions';
import { roleHelp, rolesFor, type Roles } from '@/lib/roles';
import { SelectField } from './Field';
import field from './Field.module.css';
import styles from './RolesEditor.module.css';

interface Props {
  value: Roles;
  onChange: (roles: Roles) => void;
  teams: readonly { id: number; name: string }[];
  /** GitOps is there for programs only. */
  apiOnly?: boolean;
  /** Who administers teams cannot give a role on everything. */
  teamsOnly?: boolean;
  disabled?: boolean;
  error?: string | undefined;
}

/** A role on everything, or one on each chosen team: never both. */
export function RolesEditor(props: Props) {
  const { value, onChange, teams, apiOnly = false, teamsOnly = false, disabled, error } = props;
  const name = useId();
  const roles = rolesFor(apiOnly);
  const global = value.global_role !== null;
  // What was chosen on the other side comes back when somebody changes their mind.
  const [other, setOther] = useState<Roles>(
    global ? { global_role: null, teams: [] } : { global_role: 'observer', teams: [] },
  );
  const swap = () => {
    setOther(value);
    onChange(other);
  };
  const set = (id: number, role: Role | null) =>
    onChange({
      global_role: null,
      teams: [
        ...value.teams.filter((team) => team.id !== id),
        ...(role === null ? [] : [{ id, role }]),
      ],
    });

  return (
    <fieldset className={styles.roles} disabled={disabled}>
      <legend>Role</legend>
      {!teamsOnly && (
        <div className={styles.choices}>
          <label>
            <input type="radio" name={name} checked={global} onChange={() => !global && swap()} />
            One role on everything
          </label>
          <label>
            <input type="radio" name={name} checked={!global} onChange={() => global && swap()} />
            Roles on teams
          </label>
        </div>
      )}
      {value.global_role !== null ? (
        <SelectField
          label="Role on everything"
          hint={roleHelp[value.global_role]}
          error={error}
          value={value.global_role}
          onChange={(event) => onChange({ global_role: event.target.value as Role, teams: [] })}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {roleName(role)}
            </option>
          ))}
        </SelectField>
      ) : teams.length === 0 ? (
        <p className={styles.hint}>
          There is no team yet. Create one first, or give one role on everything.
        </p>
      ) : (
        <>
          <ul className={styles.teams}>
            {teams.map((team) => {
              const given = value.teams.find((each) => each.id === team.id);
              return (
                <li key={team.id} className={styles.team}>
                  <label>
                    <input
                      type="checkbox"
                      checked={given !== undefined}
                      onChange={(event) => set(team.id, event.target.checked ? 'observer' : null)}
                    />
                    {team.name}
                  </label>
                  {given && (
                    <RoleSelect
                      label={`Role on ${team.name}`}
                      value={given.role}
                      apiOnly={apiOnly}
                      onChange={(role) => set(team.id, role)}
                    />
                  )}
                </li>
              );
            })}
          </ul>
          {error && <p className={styles.error}>{error}</p>}
        </>
      )}
    </fieldset>
  );
}

/** A role in a row, where its column says what it is. */
export function RoleSelect({
  label,
  value,
  apiOnly = false,
  disabled,
  onChange,
}: {
  label: string;
  value: Role;
  apiOnly?: boolean;
  disabled?: boolean;
  onChange: (role: Role) => void;
}) {
  const roles = rolesFor(apiOnly);
  return (
    <select
      className={`${field.input} ${field.select} ${styles.small}`}
      aria-label={label}
      title={roleHelp[value]}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {(roles.includes(value) ? roles : [...roles, value]).map((role) => (
        <option key={role} value={role}>
          {roleName(role)}
        </option>
      ))}
    </select>
  );
}
