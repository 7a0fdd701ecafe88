// The people of the company with their roles; those who look after people change them.
import { Button, Table, Tag } from "antd";
import { useState } from "react";

import { type Person, usePeople } from "../../api/governance";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { PlusOutlined } from "../../parts/icons";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { PersonForm } from "./PersonForm";

const NOBODY: Person = {
  id: "",
  name: "",
  email: null,
  language: "en",
  roles: [],
  groups: [],
  department: null,
  active: true,
};

export function People() {
  const pages = usePages();
  const { t, said } = useWords();
  const group = useGroups();
  const people = usePeople();
  const [open, setOpen] = useState<Person | null>(null);
  const tags = (names: string[]) => names.map((one) => <Tag key={one}>{group(one)}</Tag>);
  return (
    <>
      <div className="spread">
        <p className="quiet">{t("governance.people.lead")}</p>
        <Button icon={<PlusOutlined />} onClick={() => setOpen(NOBODY)}>
          {t("governance.people.add")}
        </Button>
      </div>
      <Loaded query={people}>
        {(data) => (
          <>
            <Table<Person>
              rowKey="id"
              size="middle"
              pagination={data.items.length > 50 ? { ...pages, pageSize: 50 } : false}
              scroll={{ x: 860 }}
              dataSource={data.items}
              columns={[
                {
                  title: t("governance.people.name"),
                  render: (_, one) => (
                    <Button type="link" className="plain" onClick={() => setOpen(one)}>
                      {said(one.name)}
                    </Button>
                  ),
                },
                { title: t("governance.people.id"), dataIndex: "id" },
                { title: t("governance.people.roles"), render: (_, one) => tags(one.roles) },
                { title: t("governance.people.groups"), render: (_, one) => tags(one.groups) },
                {
                  title: t("governance.people.state"),
                  render: (_, one) => t(one.active ? "governance.people.active" : "governance.people.gone"),
                },
              ]}
            />
            {open !== null && (
              <PersonForm key={open.id} person={open} everybody={data.items} onClose={() => setOpen(null)} />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
