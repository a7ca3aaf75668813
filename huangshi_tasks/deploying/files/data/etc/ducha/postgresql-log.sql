-- 由 manage.py deployment_files 生成：请改设置后重新生成，不要手改。
-- 首次启动（migrate、load_plan 之后）在数据库机器上以 postgres 账号运行：
-- psql -v ON_ERROR_STOP=1 -d {{ site.database.NAME }} -f /etc/ducha/postgresql-log.sql
-- 此后系统的账号对操作日志只能添加和读取，不能修改、删除，也不能停用保护它的触发器。
-- 升级时先运行 GRANT ducha_log TO "{{ site.database.USER }}"; 升级后运行 REVOKE ducha_log FROM "{{ site.database.USER }}"; 再运行本文件一次。
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ducha_log') THEN CREATE ROLE ducha_log NOLOGIN; END IF;
END $$;
ALTER DATABASE "{{ site.database.NAME }}" OWNER TO CURRENT_USER;
GRANT CONNECT, TEMPORARY ON DATABASE "{{ site.database.NAME }}" TO "{{ site.database.USER }}";
ALTER SCHEMA public OWNER TO ducha_log;
GRANT USAGE, CREATE ON SCHEMA public TO "{{ site.database.USER }}";
ALTER TABLE units_logentry OWNER TO ducha_log;
ALTER TABLE units_loghead OWNER TO ducha_log;
ALTER FUNCTION log_refuse() OWNER TO ducha_log;
ALTER FUNCTION log_move_head(bigint, text, text, text) OWNER TO ducha_log;
REVOKE ALL ON units_logentry, units_loghead FROM PUBLIC, "{{ site.database.USER }}";
GRANT SELECT, INSERT ON units_logentry TO "{{ site.database.USER }}";
GRANT SELECT ON units_loghead TO "{{ site.database.USER }}";
REVOKE ALL ON FUNCTION log_move_head(bigint, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log_move_head(bigint, text, text, text) TO "{{ site.database.USER }}";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{{ site.database.USER }}";
