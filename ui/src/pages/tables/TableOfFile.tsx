// A table made of a spreadsheet: its headings become the fields.
import { App } from "antd";
import { useNavigate } from "react-router";

import { useMakeOf } from "../../api/tables";
import { UploadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { FileButton } from "./FileButton";
import { nameOf } from "./fields";

export function TableOfFile() {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const navigate = useNavigate();
  const make = useMakeOf();
  return (
    <FileButton
      primary
      icon={<UploadOutlined />}
      busy={make.isPending}
      label={t("tables.ofFile")}
      onFile={(document) =>
        make.mutate(
          { sheet: nameOf(document.name), document },
          {
            onSuccess: (made) => void navigate(`/tables/of/${encodeURIComponent(made.sheet)}`),
            onError: (error) => void message.warning(fault(error)),
          },
        )
      }
    />
  );
}
