// People from a spreadsheet: read, looked at, added; single ones are added in Governance.
import { App, Button, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { usePeople, usePutPerson } from "../../api/governance";
import { type PersonRead, useCompany, useReadPeople } from "../../api/setup";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

export function PeopleStep() {
  const { t } = useWords();
  const people = usePeople();
  return (
    <>
      <p>{t("setup.people.lead")}</p>
      <Loaded query={people}>{(data) => <FromList known={data.items.map((one) => one.id)} />}</Loaded>
      <Link to="/governance/people">{t("setup.people.single")}</Link>
    </>
  );
}

function FromList({ known }: { known: string[] }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const role = useGroups();
  const company = useCompany();
  const read = useReadPeople();
  const put = usePutPerson();
  const [rows, setRows] = useState<PersonRead[]>([]);
  const fresh = rows.filter((one) => one.problem === "" && !known.includes(one.id));
  const add = async (): Promise<void> => {
    try {
      for (const one of fresh)
        await put.mutateAsync({
          id: one.id,
          name: one.name,
          email: one.email === "" ? null : one.email,
          language: company.data?.company.language ?? "en",
          roles: [one.role],
          groups: [],
          department: null,
          active: true,
        });
      void message.success(t("setup.people.added"));
    } catch (error) {
      void message.warning(fault(error));
    }
  };
  const said = (one: PersonRead): string => {
    if (one.problem !== "") return t(`setup.people.problem.${one.problem}`);
    return known.includes(one.id) ? t("setup.people.known") : "";
  };
  return (
    <>
      <p>{t("setup.people.here", { count: known.length })}</p>
      <label className="setup-file">
        {t("setup.people.file")}
        <input
          type="file"
          accept=".xlsx,.xls,.csv"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined)
              read.mutate(file, {
                onSuccess: setRows,
                onError: (error) => void message.warning(fault(error)),
              });
          }}
        />
      </label>
      {rows.length > 0 && (
        <>
          <Table<PersonRead>
            aria-label={t("setup.people.file")}
            rowKey="line"
            size="small"
            pagination={false}
            scroll={{ x: 600 }}
            dataSource={rows}
            columns={[
              { title: t("governance.people.id"), dataIndex: "id" },
              { title: t("governance.people.name"), dataIndex: "name" },
              { title: t("governance.people.email"), dataIndex: "email" },
              { title: t("governance.people.roles"), render: (_, one) => role(one.role) },
              { title: "", render: (_, one) => said(one) },
            ]}
          />
          <Button
            type="primary"
            loading={put.isPending}
            disabled={fresh.length === 0}
            onClick={() => void add()}
          >
            {t("setup.people.add", { count: fresh.length })}
          </Button>
        </>
      )}
    </>
  );
}
